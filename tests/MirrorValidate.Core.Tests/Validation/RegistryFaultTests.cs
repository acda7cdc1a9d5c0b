using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What registries do instead of answering, on either side. None of it but a 404 says that something does not exist.</summary>
public sealed class RegistryFaultTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");

    private static readonly Dictionary<string, Func<string, Fault>> Faults = new()
    {
        ["cut off"] = path => new Fault { Path = path, CutOffAfter = 100 },
        ["cut off at once"] = path => new Fault { Path = path, CutOffAfter = 0 },
        ["reset"] = path => new Fault { Path = path, AbortConnection = true },
        ["wrong bytes"] = path => new Fault { Path = path, TransformBody = body => [.. body, (byte)'\n'] },
        ["other list, digest of the first"] = path => new Fault { Path = path, TransformBody = _ => SampleImages.DockerList("other").Content.ToArray() },
        ["wrong digest header"] = path => new Fault { Path = path, DigestHeader = SampleImages.Image("s").Digest },
        ["digest header that is none"] = path => new Fault { Path = path, DigestHeader = "sha256:abc" },
        ["digest header of an algorithm nobody knows"] = path => new Fault { Path = path, DigestHeader = "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709" },
        ["endless"] = path => new Fault { Path = path, EndlessBody = true },
        ["HTML"] = path => new Fault { Path = path, Body = "<html>sign in</html>", ContentType = "text/html", DigestHeader = "" },
        ["empty"] = path => new Fault { Path = path, Body = "", DigestHeader = "" },
        ["another type than its own"] = path => new Fault { Path = path, ContentType = MediaTypes.OciIndex },
        ["no type of its own kind"] = path => new Fault { Path = path, ContentType = MediaTypes.OciManifest },
        ["list and image"] = path => new Fault { Path = path, Body = """{"manifests":[],"layers":[]}""", DigestHeader = "" },
        ["too many entries"] = path => new Fault { Path = path, Body = $"{{\"manifests\":[{string.Join(',', new int[60_000])}]}}", ContentType = MediaTypes.OciIndex, DigestHeader = "" },
        ["204"] = path => new Fault { Path = path, Status = 204 },
        ["304"] = path => new Fault { Path = path, Status = 304 },
        ["307 to nowhere"] = path => new Fault { Path = path, Status = 307, Body = "" },
    };

    public static TheoryData<string, string, ValidationReason> BothSides()
    {
        var data = new TheoryData<string, string, ValidationReason>();
        foreach ((string fault, ValidationReason reason) in new[]
        {
            ("cut off", ValidationReason.RegistryUnavailable), ("cut off at once", ValidationReason.RegistryUnavailable),
            ("reset", ValidationReason.RegistryUnavailable), ("wrong bytes", ValidationReason.DigestVerificationFailed),
            ("other list, digest of the first", ValidationReason.DigestVerificationFailed),
            ("wrong digest header", ValidationReason.DigestVerificationFailed),
            ("digest header that is none", ValidationReason.DigestVerificationFailed),
            ("digest header of an algorithm nobody knows", ValidationReason.DigestVerificationFailed),
            ("endless", ValidationReason.ResponseTooLarge), ("HTML", ValidationReason.MalformedManifest),
            ("empty", ValidationReason.MalformedManifest), ("another type than its own", ValidationReason.MalformedManifest),
            ("no type of its own kind", ValidationReason.MalformedManifest), ("list and image", ValidationReason.MalformedManifest),
            ("too many entries", ValidationReason.ResponseTooLarge), ("204", ValidationReason.UnexpectedResponse),
            ("304", ValidationReason.UnexpectedResponse), ("307 to nowhere", ValidationReason.UnexpectedResponse),
        })
        {
            data.Add(nameof(RegistrySide.Source), fault, reason);
            data.Add(nameof(RegistrySide.Destination), fault, reason);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(BothSides))]
    public async Task An_answer_that_proves_nothing_is_an_error(string sideName, string fault, ValidationReason reason)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Of(side).Faults.Add(Faults[fault](MirrorPair.ManifestPath(side)));
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(reason, $"{side.ToString().ToLowerInvariant()} registry {pair.Of(side).Host}: GET {MirrorPair.ManifestPath(side)}: ", result);
        Assert.Equal("", side == RegistrySide.Source ? result.SourceDigest : result.DestinationDigest);
        Assert.Equal(List.Digest, side == RegistrySide.Source ? result.DestinationDigest : result.SourceDigest);
    }

    public static TheoryData<string, int, ValidationReason> Statuses()
    {
        var data = new TheoryData<string, int, ValidationReason>();
        foreach (string side in new[] { nameof(RegistrySide.Source), nameof(RegistrySide.Destination) })
        {
            data.Add(side, 400, ValidationReason.UnexpectedResponse);
            data.Add(side, 401, ValidationReason.Unauthorized);
            data.Add(side, 403, ValidationReason.Forbidden);
            data.Add(side, 405, ValidationReason.UnexpectedResponse);
            data.Add(side, 408, ValidationReason.TimedOut);
            data.Add(side, 410, ValidationReason.UnexpectedResponse);
            data.Add(side, 429, ValidationReason.RateLimited);
            data.Add(side, 500, ValidationReason.RegistryUnavailable);
            data.Add(side, 502, ValidationReason.RegistryUnavailable);
            data.Add(side, 503, ValidationReason.RegistryUnavailable);
            data.Add(side, 504, ValidationReason.RegistryUnavailable);
            data.Add(side, 511, ValidationReason.RegistryUnavailable);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_that_is_no_404_is_an_error_and_nothing_is_said_to_be_missing(string sideName, int status, ValidationReason reason)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        // The body says what a careless client might believe.
        pair.Of(side).Faults.Add(new Fault
        {
            Path = MirrorPair.ManifestPath(side),
            Status = status,
            Headers = { ["Retry-After"] = "0" },
            Body = """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""",
        });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(reason, $"{status}", result);
        Assert.Contains("MANIFEST_UNKNOWN", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>not found</html>")]
    [InlineData("""{"errors":[{"code":"UNAUTHORIZED","message":"no"}]}""")]
    public async Task A_404_is_a_404_whatever_its_body(string body)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Destination), Status = 404, Body = body });
        ResultAssert.Failed(ValidationReason.DestinationNotFound, "destination manifest does not exists", await pair.ValidateAsync());
        pair.Source.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Source), Status = 404, Body = body });
        ResultAssert.Error(ValidationReason.SourceNotFound, "source manifest does not exists", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source))]
    [InlineData(nameof(RegistrySide.Destination))]
    public async Task A_registry_that_is_down_is_unavailable(string sideName)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        await pair.Of(side).StopAsync();
        ResultAssert.Error(ValidationReason.RegistryUnavailable, "the connection was refused", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source))]
    [InlineData(nameof(RegistrySide.Destination))]
    public async Task A_registry_that_never_answers_times_out(string sideName)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Timeout = TimeSpan.FromMilliseconds(300);
        pair.Of(side).Faults.Add(new Fault { Path = MirrorPair.ManifestPath(side), HangForever = true });
        ResultAssert.Error(ValidationReason.TimedOut, "no answer within", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_fault_that_passes_is_got_through()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Options = pair.Options with { MaximumRetryCount = 1 };
        foreach (RegistrySide side in new[] { RegistrySide.Source, RegistrySide.Destination })
            pair.Of(side).Faults.Add(new Fault { Path = MirrorPair.ManifestPath(side), Status = 503, Times = 1 });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal(6, result.RequestCount);
    }

    [Fact]
    public async Task A_manifest_over_the_limit_is_too_large_before_it_is_read()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Options = pair.Options with { Limits = new RegistryLimits { ManifestSize = List.Size - 1 } };
        ResultAssert.Error(ValidationReason.ResponseTooLarge, $"larger than {List.Size - 1} bytes", await pair.ValidateAsync());
        pair.Options = pair.Options with { Limits = new RegistryLimits { ManifestSize = List.Size } };
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_side_that_sends_no_digest_is_hashed_and_compared()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Source.Options.OmitContentDigest = true;
        pair.Destination.Options.OmitContentDigest = true;
        ResultAssert.Passed(await pair.ValidateAsync());
        pair.Destination.Faults.Add(new Fault
        {
            Path = MirrorPair.ManifestPath(RegistrySide.Destination),
            TransformBody = body => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\"amd64\"", "\"amd63\"", StringComparison.Ordinal)),
        });
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", await pair.ValidateAsync());
    }
}

using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>
/// Whether the entries of a destination's list exist: by HEAD, by GET where HEAD is refused or does not fit, and never "missing" when
/// the truth is "could not look".
/// </summary>
public sealed class ExistenceTests
{
    private const string Other = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Children = "/v2/team/app/manifests/sha256:*";

    // Two of the list's entries are compared. The requests are those of the children, on top of the two lists.
    private static readonly Dictionary<string, (Func<Fault[]> Faults, ValidationStatus Status, ValidationReason Reason, int Requests, string[] Says)> Rows = new()
    {
        ["nothing"] = (() => [], ValidationStatus.Passed, ValidationReason.None, 2, []),
        ["HEAD 405"] = (() => [Head(405)], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD 403"] = (() => [Head(403)], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD 401"] = (() => [Head(401)], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD 400"] = (() => [Head(400)], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD 404 but GET finds it"] = (() => [Head(404)], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD 501"] = (() => [Head(501)], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD redirects to a URL signed for GET"] = (() => [new Fault { Method = "HEAD", Path = Children, RedirectTo = "/storage/x" }], ValidationStatus.Passed, ValidationReason.None, 6, []),
        ["HEAD with the digest of something else"] = (() => [new Fault { Method = "HEAD", Path = Children, DigestHeader = Other }], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD with a digest that is none"] = (() => [new Fault { Method = "HEAD", Path = Children, DigestHeader = "sha256:zz" }], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["no digest headers"] = (() => [new Fault { DigestHeader = "" }], ValidationStatus.Passed, ValidationReason.None, 2, []),
        ["no digest header, and the type of a page"] = (() => [new Fault { Method = "HEAD", Path = Children, DigestHeader = "", ContentType = "text/html" }], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["a page for everything"] = (() => [new Fault { Path = Children, Status = 200, Body = "<html>", ContentType = "text/html", DigestHeader = "" }], ValidationStatus.Error, ValidationReason.MalformedManifest, 4, ["is not JSON"]),
        ["HEAD 429, retried"] = (() => [Head(429, times: 1)], ValidationStatus.Passed, ValidationReason.None, 3, []),
        ["HEAD 503, retried"] = (() => [Head(503, times: 1)], ValidationStatus.Passed, ValidationReason.None, 3, []),
        ["HEAD reset, retried"] = (() => [new Fault { Method = "HEAD", Path = Children, AbortConnection = true, Times = 1 }], ValidationStatus.Passed, ValidationReason.None, 4, []),
        ["HEAD 429"] = (() => [Head(429)], ValidationStatus.Error, ValidationReason.RateLimited, 6, ["HEAD /v2/team/app/manifests/sha256:", "(3 attempts)"]),
        ["HEAD 500"] = (() => [Head(500)], ValidationStatus.Error, ValidationReason.RegistryUnavailable, 6, ["HEAD /v2/", "(3 attempts)"]),
        ["all 401"] = (() => [All(401)], ValidationStatus.Error, ValidationReason.Unauthorized, 4, ["GET /v2/", "UNAUTHORIZED", "(1 attempt)"]),
        ["all 403"] = (() => [All(403)], ValidationStatus.Error, ValidationReason.Forbidden, 4, ["GET /v2/", "DENIED"]),
        ["all 404"] = (() => [All(404)], ValidationStatus.Failed, ValidationReason.DestinationManifestMissing, 4, ["failed to inspect dest image: [", "(linux/amd64)", "(linux/arm64/v8)", "MANIFEST_UNKNOWN"]),
        ["HEAD 404 and GET 500"] = (() => [Head(404), All(500)], ValidationStatus.Error, ValidationReason.RegistryUnavailable, 8, ["GET /v2/", "(3 attempts)"]),
        ["HEAD 405 and GET of other content"] = (() => [Head(405), new Fault { Method = "GET", Path = Children, TransformBody = body => [.. body, (byte)'\n'] }], ValidationStatus.Error, ValidationReason.DigestVerificationFailed, 4, ["not the one that was asked for"]),
        ["HEAD 405 and GET without an end"] = (() => [Head(405), new Fault { Method = "GET", Path = Children, EndlessBody = true }], ValidationStatus.Error, ValidationReason.ResponseTooLarge, 4, ["larger than 8388608 bytes"]),
        ["HEAD 405 and GET with the digest header of something else"] = (() => [Head(405), new Fault { Method = "GET", Path = Children, DigestHeader = Other }], ValidationStatus.Error, ValidationReason.DigestVerificationFailed, 4, ["its Docker-Content-Digest is sha256:0123"]),
    };

    public static TheoryData<string> Cases => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Entry_of_the_destination(string name)
    {
        (Func<Fault[]> faults, ValidationStatus status, ValidationReason reason, int requests, string[] says) = Rows[name];
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Destination.Faults.Add(new Fault { Path = "/storage/*", Status = 403 });
        foreach (Fault fault in faults()) mirror.Destination.Faults.Add(fault);
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(mirror.Line);

        Assert.Equal((status.ToString(), reason.ToString()), (result.Status, result.Reason));
        Assert.InRange(result.RequestCount, 0, requests + 2);
        if (status != ValidationStatus.Passed) Assert.Contains($"destination registry {mirror.Destination.Host}: ", result.Message, StringComparison.Ordinal);
        Assert.All(says, words => Assert.Contains(words, result.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_child_is_missing_whatever_befalls_the_others()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        string missing = mirror.Image.Child("linux/amd64").Digest;
        mirror.Destination.Faults.Add(new Fault { Path = $"/v2/team/app/manifests/{missing}", Status = 404 });
        mirror.Destination.Faults.Add(new Fault { Path = Children, Status = 500 });
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(mirror.Line);

        Assert.Equal(nameof(ValidationReason.DestinationManifestMissing), result.Reason);
        Assert.Contains($"[{mirror.Destination.Host}/team/app@{missing} (linux/amd64)]", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_of_sha512_is_verified_by_it_and_announced_by_either()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        BuiltManifest image = SampleImages.Image("app", ImageFormat.Oci);
        string digest = Digest.Of("sha512", image.Content.Span).ToString();
        foreach (EmbeddedRegistry registry in new[] { mirror.Source, mirror.Destination })
        {
            image.PutInto(registry.Store, Mirror.Repository, null);
            registry.Store.PutManifest(Mirror.Repository, null, image.MediaType, image.Content, digest);
            registry.Faults.Add(new Fault { Path = $"/v2/team/app/manifests/{digest}", DigestHeader = image.Digest });
        }

        var validation = new ValidationOptions { Comparison = ComparisonMode.Digest };
        using var run = new Run(validation: validation);
        MirrorImageResult result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {mirror.Destination.Host}/team/app {digest}");
        Assert.Equal((nameof(ValidationStatus.Passed), digest), (result.Status, result.DestinationDigest));

        mirror.Destination.Store.PutManifest(Mirror.Repository, null, image.MediaType, new byte[] { (byte)'{', (byte)'}' }, digest);
        result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {mirror.Destination.Host}/team/app {digest}");
        Assert.NotEqual(nameof(ValidationStatus.Passed), result.Status);
    }

    [Theory]
    [InlineData("sha384:0123456789abcdef")]
    [InlineData("multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8")]
    public async Task Content_of_a_digest_of_an_unknown_algorithm_cannot_be_verified(string digest)
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Source.Store.PutManifest(Mirror.Repository, null, MediaTypes.DockerList, mirror.Image.Content, digest);
        using var run = new Run();
        var reference = new ImageReference(RegistryHost.Parse(mirror.Source.Host), Mirror.Repository, tag: null, Digest.Parse(digest));

        RegistryException e = await Assert.ThrowsAsync<RegistryException>(() => run.Source.GetManifestAsync(reference, run.Context(), default));

        Assert.Equal(RegistryFault.DigestVerificationFailed, e.Fault);
        Assert.Contains("cannot be verified", e.Message, StringComparison.Ordinal);
    }

    private static Fault Head(int status, int? times = null) => new() { Method = "HEAD", Path = Children, Status = status, Times = times };

    private static Fault All(int status) => new() { Path = Children, Status = status };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using MirrorValidate.Manifests;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Samples;

/// <summary>Results as <c>Test-MirrorImage</c> makes them.</summary>
internal static class SampleResults
{
    /// <summary>What could break out of a format: markup, separators, control and bidi characters.</summary>
    internal const string Hostile =
        "</noscript></script><script>alert(1)</script><img src=x onerror=alert(2)>]]>&amp;|`` **b** @all #1 [x](http://evil) \"'{{x}} \u202Egnp\u202C\u0007\u001B[31m\uFFFE";

    internal static readonly DateTime Time = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Local);

    private static readonly ValidationSettings _settings = new()
    {
        Platform = "amd64,arm64",
        Comparison = "ManifestList",
        Depth = "Manifest",
        Version = "0.1.0",
    };

    internal static MirrorImageResult Passed(int id, string name = "app") => Create(id, name, "Passed", "None", "");

    internal static MirrorImageResult Failed(int id, string name = "app", string reason = "SpecMismatch") => Create(
        id, name, "Failed", reason, "source manifest differs",
        new MirrorDifference(
            "DigestDiffers", "linux/amd64", Digest(id), Digest(id + 1), "The tag was moved.", "Mirror it again."));

    internal static MirrorImageResult Error(int id, string name = "app", string reason = "TimedOut") =>
        Create(id, name, "Error", reason, $"source registry: GET /v2/{name}: timed out");

    internal static MirrorImageResult Unreadable(int id, string line) => new()
    {
        Id = id,
        Status = "Error",
        Reason = "InvalidLine",
        Message = "expected SOURCE DESTINATION TAG",
        Line = line,
        LineNumber = id,
        Path = "/lists/a.txt",
        Time = Time,
        Settings = _settings,
    };

    /// <summary>A result that says hostile things wherever text stands.</summary>
    internal static MirrorImageResult HostileFailure(int id) => new()
    {
        Id = id,
        Status = "Failed",
        Reason = "SpecMismatch",
        Message = Hostile,
        Source = $"evil.example/{Hostile}",
        Destination = $"mirror.example/{Hostile}",
        Tag = Hostile,
        Platform = Hostile,
        SourceDigest = Hostile,
        DestinationDigest = Digest(id),
        SourceMediaType = Hostile,
        DestinationMediaType = Hostile,
        SourceSpec = Specs(Hostile, Digest(id)),
        DestinationSpec = Specs(Digest(id + 1), Hostile),
        Differences = new([new MirrorDifference("DigestDiffers", Hostile, Hostile, Hostile, Hostile, Hostile)]),
        Line = Hostile,
        LineNumber = id,
        Path = $"/lists/{Hostile}",
        Time = Time,
        Settings = _settings with { Platform = Hostile, Comparison = Hostile, Depth = Hostile, Version = Hostile },
    };

    /// <summary>So many results: one in twenty failed, one in a hundred an error.</summary>
    internal static IEnumerable<MirrorImageResult> Many(int count)
    {
        for (int id = 1; id <= count; id++)
        {
            string name = $"team{id % 30}/service-{id}";
            yield return id % 100 == 0 ? Error(id, name) : id % 20 == 0 ? Failed(id, name) : Passed(id, name);
        }
    }

    /// <summary>A result with another value for a member of its JSON.</summary>
    internal static MirrorImageResult With(MirrorImageResult result, string name, JsonNode? value)
    {
        using var writer = new ResultWriter();
        JsonNode json = JsonNode.Parse(writer.Write(result))!;
        json[name] = value;
        return ResultReader.Read(json.Deserialize<JsonElement>());
    }

    internal static string Digest(int seed) => $"sha256:{seed:x64}";

    private static MirrorImageResult Create(
        int id, string name, string status, string reason, string message, params MirrorDifference[] differences)
    {
        bool hasPassed = status == "Passed";
        bool isError = status == "Error";
        return new MirrorImageResult
        {
            Id = id,
            Status = status,
            Reason = reason,
            Message = message,
            Source = $"docker.io/{name}",
            Destination = $"mirror.example.com/{name}",
            Tag = $"v{id}",
            SourceDigest = isError ? "" : Digest(id),
            DestinationDigest = isError ? "" : Digest(hasPassed ? id : id + 1),
            SourceMediaType = isError ? "" : MediaTypes.OciIndex,
            DestinationMediaType = isError ? "" : MediaTypes.OciIndex,
            SourceSpec = isError ? ManifestSpecCollection.Empty : Specs(Digest(id + 1000), Digest(id + 2000)),
            DestinationSpec = isError ? ManifestSpecCollection.Empty : Specs(Digest(hasPassed ? id + 1000 : id + 1), Digest(id + 2000)),
            Differences = new(differences),
            Proof = hasPassed ? new MirrorProof { Level = "Manifest", Manifests = 2 } : MirrorProof.None,
            Line = $"docker.io/{name} mirror.example.com/{name} v{id}",
            LineNumber = id,
            Path = "/lists/a.txt",
            Time = Time.AddSeconds(id),
            Duration = TimeSpan.FromMilliseconds(250),
            RequestCount = 4,
            Settings = _settings,
        };
    }

    private static ManifestSpecCollection Specs(string amd64, string arm64) => new(
    [
        new ManifestSpec(amd64, new Platform { OS = "linux", Architecture = "amd64" }),
        new ManifestSpec(arm64, new Platform { OS = "linux", Architecture = "arm64", Variant = "v8" }),
    ]);
}

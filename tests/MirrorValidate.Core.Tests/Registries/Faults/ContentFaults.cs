using System.IO.Compression;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>Answers of 200 whose content is not what it should be.</summary>
internal static class ContentFaults
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly int Limit = SampleImages.DockerList("app").Size;

    private static readonly string Entry = $"{{\"mediaType\":\"{MediaTypes.DockerManifest}\",\"size\":1,\"digest\":\"{Digest}\",\"platform\":{{\"architecture\":\"amd64\",\"os\":\"linux\"}}}}";

    internal static IEnumerable<FaultCase> All =>
    [
        Malformed("a page", "<html>log in</html>", "is not JSON", "text/html"),
        Malformed("nothing", "", "is not JSON"),
        Malformed("half a manifest", "{\"schemaVersion\":2,\"manifests\":[", "is not JSON"),
        Malformed("an array", "[]", "is not a JSON object"),
        Malformed("text", "\"manifest\"", "is not a JSON object"),
        Malformed("depth without an end", new string('[', 100_000), "is not JSON"),
        Malformed("no manifests", $"{{\"schemaVersion\":2,\"mediaType\":\"{MediaTypes.DockerList}\"}}", "the index has no manifests"),
        Malformed("another mediaType than its Content-Type", $"{{\"schemaVersion\":2,\"mediaType\":\"{MediaTypes.OciIndex}\",\"manifests\":[{Entry}]}}", "its Content-Type that it is"),
        Malformed("both an index and an image", $"{{\"schemaVersion\":2,\"manifests\":[{Entry}],\"layers\":[]}}", "both an index's entries and an image's layers"),
        Malformed("manifests twice", $"{{\"schemaVersion\":2,\"manifests\":[{Entry}],\"manifests\":[]}}", "is ambiguous"),
        Malformed("manifests in other case", $"{{\"schemaVersion\":2,\"manifests\":[{Entry}],\"Manifests\":[]}}", "is ambiguous"),
        Malformed("manifests of another type", "{\"schemaVersion\":2,\"manifests\":{}}", "is not an array"),
        Malformed("an entry without a digest", "{\"schemaVersion\":2,\"manifests\":[{\"size\":1}]}", "has no digest"),
        Malformed("an entry with half a digest", "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:00\"}]}", "digest \"sha256:00\" of the index entry is malformed"),
        Malformed("a platform that steers a terminal", $"{{\"schemaVersion\":2,\"manifests\":[{Entry.Replace("amd64", "\\u001b[2J", StringComparison.Ordinal)}]}}", "has control characters"),
        Malformed("another schemaVersion", $"{{\"schemaVersion\":3,\"manifests\":[{Entry}]}}", "schemaVersion"),
        FaultCase.Of(
            "compressed without being asked to", () => new Fault { TransformBody = Gzip, Headers = { ["Content-Encoding"] = "gzip" } }, ValidationReason.MalformedManifest, 1, "is not JSON; its Content-Encoding is gzip, which was not asked for"),
        FaultCase.Of(
            "changed, and labelled compressed", () => new Fault { TransformBody = body => [.. body, (byte)' '], Headers = { ["Content-Encoding"] = "br" } },
            ValidationReason.DigestVerificationFailed, 1, "the manifest has the digest sha256:", "its Content-Encoding is br, which was not asked for"),
        FaultCase.Of(
            "digest header of other content", () => new Fault { DigestHeader = Digest }, ValidationReason.DigestVerificationFailed, 1, $"its Docker-Content-Digest is {Digest}"),
        FaultCase.Of("digest header that is none", () => new Fault { DigestHeader = "sha256:zz" }, ValidationReason.DigestVerificationFailed, 1, "no digest that can be verified (sha256:zz)"),
        FaultCase.Of("digest header of an unknown algorithm", () => new Fault { DigestHeader = "md5:00" }, ValidationReason.DigestVerificationFailed, 1, "no digest that can be verified (md5:00)"),
        FaultCase.Of(
            "two digest headers", () => new Fault { Headers = { ["Docker-Content-Digest"] = new[] { Digest, "sha256:00" } } },
            ValidationReason.DigestVerificationFailed, 1, "no digest that can be verified"),
        FaultCase.Of(
            "content that was changed", () => new Fault { TransformBody = body => [.. body, (byte)' '] }, ValidationReason.DigestVerificationFailed, 1, "the manifest has the digest sha256:"),
        FaultCase.Of(
            "8 MiB and a byte", () => new Fault { BodyBytes = new byte[(8 * 1024 * 1024) + 1], ContentType = MediaTypes.DockerList },
            ValidationReason.ResponseTooLarge, 1, "the answer is larger than 8388608 bytes"),
        FaultCase.Of("content without an end", () => new Fault { EndlessBody = true }, ValidationReason.ResponseTooLarge, 1, "the answer is larger than 8388608 bytes"),
        FaultCase.Of(
            "a list of too many", () => Body($"{{\"schemaVersion\":2,\"manifests\":[{string.Join(',', Enumerable.Repeat($"{{\"digest\":\"{Digest}\"}}", 50_001))}]}}"),
            ValidationReason.ResponseTooLarge, 1, "more than 50000"),
        FaultCase.Of("a list over the set limit", () => new Fault { TransformBody = body => [.. body, (byte)' '] }, ValidationReason.ResponseTooLarge, 1, $"the answer is larger than {Limit} bytes") with
        {
            Options = Run.Quick with { Limits = new RegistryLimits { ManifestSize = Limit } },
        },
    ];

    private static FaultCase Malformed(string name, string body, string says, string? contentType = null) =>
        FaultCase.Of(name, () => Body(body, contentType), ValidationReason.MalformedManifest, 1, says);

    private static Fault Body(string body, string? contentType = null) =>
        new() { BodyBytes = Encoding.UTF8.GetBytes(body), ContentType = contentType ?? MediaTypes.DockerList };

    private static byte[] Gzip(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(body);
        return compressed.ToArray();
    }
}

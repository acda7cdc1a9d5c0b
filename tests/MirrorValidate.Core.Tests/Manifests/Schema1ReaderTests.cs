using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using static MirrorValidate.Core.Tests.Manifests.ManifestText;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>Docker image manifest V2, schema 1.</summary>
public sealed class Schema1ReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_digest_is_of_the_payload_and_the_platform_stands_in_it(bool isSigned)
    {
        BuiltManifest built = new Schema1Builder("s", "library/s", "v1") { IsSigned = isSigned, Architecture = "arm64", OS = "windows" }.Build();
        var manifest = Assert.IsType<Schema1Manifest>(ManifestReader.Read(built.Content, built.MediaType));
        Assert.Equal(new Schema1Builder("s", "library/s", "v1") { IsSigned = false, Architecture = "arm64", OS = "windows" }.Build().Digest, manifest.Digest.ToString());
        Assert.Equal("windows/arm64", manifest.Platform.ToString());
        Assert.Equal(isSigned, manifest.Digest != Digest.Of("sha256", built.Content.Span));
    }

    [Fact]
    public void A_signature_that_is_added_on_reading_changes_no_digest()
    {
        BuiltManifest one = SampleImages.Schema1("s", "library/s", "v1");
        BuiltManifest other = SampleImages.Schema1("s", "library/s", "v1");
        Assert.False(one.Content.Span.SequenceEqual(other.Content.Span));
        Assert.Equal(ManifestReader.Read(one.Content, one.MediaType).Digest, ManifestReader.Read(other.Content, other.MediaType).Digest);
    }

    [Theory]
    [InlineData("""{"architecture":"arm64"}""", "amd64", "linux/amd64")]
    [InlineData("""{"architecture":"arm64","os":"windows","variant":"v8"}""", "", "windows/arm64/v8")]
    [InlineData("{}", "s390x", "linux/s390x")]
    public void The_newest_history_entry_says_what_the_manifest_leaves_out(string history, string architecture, string platform)
    {
        string json =
            $$"""{"schemaVersion":1,"architecture":"{{architecture}}","fsLayers":[],"history":[{"v1Compatibility":{{JsonSerializer.Serialize(history)}}},{"v1Compatibility":"x"}]}""";
        Assert.Equal(platform, Assert.IsType<Schema1Manifest>(Read(json, MediaTypes.DockerSchema1)).Platform.ToString());
    }

    // The signature covers the first bytes and a tail of its own; what a registry puts between is its own word.
    [Fact]
    public void What_stands_outside_the_payload_says_nothing_of_the_platform()
    {
        const string payload = """{"schemaVersion":1,"fsLayers":[],"history":[{"v1Compatibility":"{\"os\":\"linux\",\"architecture\":\"amd64\"}"}]}""";
        string json = $"{payload[..^1]},\"architecture\":\"arm64\",{Signatures(payload.Length - 1, "}")}}}";
        var manifest = Assert.IsType<Schema1Manifest>(Read(json, MediaTypes.DockerSchema1Signed));
        Assert.Equal(Digest.Of("sha256", Encoding.UTF8.GetBytes(payload)), manifest.Digest);
        Assert.Equal("linux/amd64", manifest.Platform.ToString());
    }

    public static TheoryData<string> Malformed => new()
    {
        { Schema1.Replace("\"fsLayers\":", "\"layers1\":", StringComparison.Ordinal) },
        { Schema1.Replace("\"schemaVersion\":1", "\"schemaVersion\":2", StringComparison.Ordinal) },
        { """{"schemaVersion":1,"fsLayers":[]}""" },
        { """{"schemaVersion":1,"fsLayers":{},"history":[{"v1Compatibility":"{}"}]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":{}}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[1]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[{}]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[{"v1Compatibility":{}}]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[{"v1Compatibility":"x"}]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[{"v1Compatibility":"[]"}]}""" },
        { """{"schemaVersion":1,"fsLayers":[],"history":[{"v1Compatibility":"{\"os\":1}"}]}""" },
        { With(Schema1, "\"architecture\":\"arm64\"") },
        { With(Schema1, "\"History\":[]") },
        { With(Schema1, "\"signatures\":{}") },
        { With(Schema1, "\"signatures\":[]") },
        { With(Schema1, "\"signatures\":[1]") },
        { With(Schema1, "\"signatures\":[{}]") },
        { With(Schema1, "\"signatures\":[{\"protected\":\"***\"}]") },
        { With(Schema1, "\"signatures\":[{\"protected\":\"a\"}]") },
        { With(Schema1, "\"signatures\":[{\"protected\":\"YWJj\"}]") },
        { With(Schema1, Signatures(-1, "}")) },
        { With(Schema1, Signatures(1_000_000, "}")) },
        { With(Schema1, Signatures(int.MaxValue, "}")) },
        { With(Schema1, Signatures(0, "")) },
        { With(Schema1, Signatures(10, "}")) },
        { With(Schema1, Signatures(0, "{}")) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_malformed_is_refused(string json)
    {
        Refuse(json, MediaTypes.DockerSchema1Signed);
        Refuse(json, MediaTypes.DockerSchema1);
    }

    private static string Signatures(int formatLength, string tail)
    {
        string header = $$"""{"formatLength":{{formatLength}},"formatTail":"{{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tail))}}"}""";
        return $$"""
            "signatures":[{"protected":"{{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}}"}]
            """;
    }
}

using System.Buffers.Text;
using System.Text;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using static MirrorValidate.Core.Tests.Manifests.ManifestText;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>A message names the part of a schema 1 manifest that is wrong, and what is at its limit is read.</summary>
public sealed class Schema1MessageTests
{
    private const string Ambiguous = "the schema 1 manifest is ambiguous: member ";
    private const string DoesNotFit = "the formatLength of the signature does not fit the manifest";
    private const string NoSignature = "the signatures of the schema 1 manifest are not an array with an element";
    private const string History = """[{"v1Compatibility":"{}"}]""";

    [Theory]
    [InlineData("{}", "the schema 1 manifest has no fsLayers")]
    [InlineData("[1]", "the fsLayers entry is not a JSON object")]
    [InlineData("[{\"blobSum\":1}]", "the blobSum is not a string")]
    [InlineData("[{\"blobSum\":\"x\"}]", "the blobSum \"x\" of the schema 1 manifest is not a digest")]
    [InlineData("[{}]", "the blobSum \"\" of the schema 1 manifest is not a digest")]
    public void A_layer(string layers, string message) => Assert.Equal(message, RefuseParts(layers, History));

    [Theory]
    [InlineData("{}", "the schema 1 manifest has no history")]
    [InlineData("[]", "the schema 1 manifest has no history")]
    [InlineData("[1]", "the history entry is not a JSON object")]
    [InlineData("[{\"v1Compatibility\":{}}]", "the v1Compatibility is not a string")]
    [InlineData("[{\"v1Compatibility\":\"x\"}]", "the v1Compatibility of the schema 1 manifest is not JSON")]
    [InlineData("[{\"v1Compatibility\":\"[]\"}]", "the v1Compatibility of the schema 1 manifest is not a JSON object")]
    public void The_newest_history_entry(string history, string message) =>
        Assert.Equal(message, RefuseParts("[]", history));

    [Theory]
    [InlineData("\"architecture\":1", "the architecture is not a string")]
    [InlineData("\"Architecture\":1", Ambiguous + "\"architecture\" occurs twice or in other case")]
    [InlineData("\"Signatures\":1", Ambiguous + "\"signatures\" occurs twice or in other case")]
    [InlineData("\"signatures\":{}", NoSignature)]
    [InlineData("\"signatures\":[]", NoSignature)]
    [InlineData("\"signatures\":[1]", "the signature is not a JSON object")]
    [InlineData("\"signatures\":[{\"protected\":1}]", "the protected header is not a string")]
    [InlineData("\"signatures\":[{\"protected\":\"***\"}]", "the signature of the schema 1 manifest is not base64url")]
    public void A_further_member(string member, string message) =>
        Assert.Equal(message, RefuseParts("[]", $"{History},{member}"));

    [Theory]
    [InlineData("x", "the protected header of the signature is not JSON")]
    [InlineData("[]", "the protected header is not a JSON object")]
    [InlineData("{}", DoesNotFit)]
    [InlineData("""{"formatLength":-1,"formatTail":"fQ"}""", DoesNotFit)]
    [InlineData("""{"formatLength":0,"formatTail":1}""", "the formatTail is not a string")]
    [InlineData("""{"formatLength":0,"formatTail":"*"}""", "the signature of the schema 1 manifest is not base64url")]
    [InlineData("""{"formatLength":5,"formatTail":"fQ"}""", "the signed payload of the schema 1 manifest is not JSON")]
    public void The_protected_header_of_a_signature(string header, string message) =>
        Assert.Equal(message, Refuse(Signed(header), MediaTypes.DockerSchema1Signed));

    [Fact]
    public void The_payload_may_stand_in_the_tail_alone()
    {
        string json = Signed($$"""{"formatLength":0,"formatTail":"{{Encoded(Schema1)}}"}""");
        Manifest manifest = Read(json, MediaTypes.DockerSchema1Signed);
        Assert.Equal(Digest.Of("sha256", Encoding.UTF8.GetBytes(Schema1)), manifest.Digest);
    }

    [Fact]
    public void The_payload_may_be_the_whole_body_and_no_more()
    {
        string whole = Enumerable.Range(1, 2000).Select(length => Signed(Header(length))).Single(IsWhole);
        Manifest manifest = Read(whole, MediaTypes.DockerSchema1Signed);
        Assert.Equal(Digest.Of("sha256", Encoding.UTF8.GetBytes(whole)), manifest.Digest);
        string tooMuch = Signed(Header(whole.Length + 1));
        Assert.Equal(whole.Length, tooMuch.Length);
        Assert.Contains("formatLength", Refuse(tooMuch, MediaTypes.DockerSchema1Signed), StringComparison.Ordinal);

        static string Header(int length) => $$"""{"formatLength":{{length}},"formatTail":""}""";
        static bool IsWhole(string json) => json == Signed(Header(json.Length));
    }

    [Fact]
    public void The_layers_are_read_in_their_order()
    {
        string layers = $$"""[{"blobSum":"{{One}}"},{"blobSum":"{{Other}}"}]""";
        var manifest = Assert.IsType<Schema1Manifest>(Read(Parts(layers, History), MediaTypes.DockerSchema1));
        Assert.Equal([One, Other], manifest.Layers.Select(layer => layer.ToString()));
    }

    [Fact]
    public void A_history_entry_that_is_no_text_is_refused()
    {
        byte[] content = Encoding.Latin1.GetBytes(Parts("[]", $"{History[..^1]},\"\u00ff\"]"));
        var e = Assert.Throws<ManifestFormatException>(() => ManifestReader.Read(content, MediaTypes.DockerSchema1));
        Assert.Equal("a history entry of the schema 1 manifest is not valid UTF-8", e.Message);
    }

    [Fact]
    public void More_layers_than_the_limit_are_refused_by_their_number()
    {
        string layers = $"[{string.Join(',', Enumerable.Repeat("0", ManifestReader.MaximumEntries + 1))}]";
        var e = Assert.Throws<ManifestLimitException>(() => Read(Parts(layers, History), MediaTypes.DockerSchema1));
        Assert.Equal("the fsLayers has 50001 elements, more than 50000", e.Message);
    }

    private static string Parts(string layers, string history) =>
        $$"""{"schemaVersion":1,"fsLayers":{{layers}},"history":{{history}}}""";

    private static string RefuseParts(string layers, string history) =>
        Refuse(Parts(layers, history), MediaTypes.DockerSchema1);

    private static string Signed(string header) => With(Schema1, $$"""
        "signatures":[{"protected":"{{Encoded(header)}}"}]
        """);

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

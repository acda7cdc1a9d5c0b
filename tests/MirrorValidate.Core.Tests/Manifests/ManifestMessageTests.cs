using System.Text;
using MirrorValidate.Manifests;
using static MirrorValidate.Core.Tests.Manifests.ManifestText;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>A message names the part of the manifest that is wrong.</summary>
public sealed class ManifestMessageTests
{
    [Theory]
    [InlineData("", "the manifest is not JSON")]
    [InlineData("[]", "the manifest is not a JSON object")]
    [InlineData("""{"mediaType":1}""", "the mediaType is not a string")]
    [InlineData("""{"manifests":{}}""", "the manifests is not an array")]
    [InlineData("""{"manifests":[],"artifactType":1}""", "the artifactType is not a string")]
    [InlineData("""{"manifests":[1]}""", "the index entry is not a JSON object")]
    [InlineData("{}", "the index has no manifests")]
    [InlineData("""{"mediaType":"not a type"}""", "the mediaType \"not a type\" of the manifest is malformed")]
    public void A_part_of_an_index(string json, string message) =>
        Assert.Equal(message, Refuse(json, MediaTypes.OciIndex));

    [Theory]
    [InlineData("\"digest\":7", "the digest of the index entry is not a string")]
    [InlineData("\"size\":7", "the index entry has no digest")]
    [InlineData("\"digest\":\"\"", "the index entry has no digest")]
    [InlineData("\"digest\":\"x\"", "the digest \"x\" of the index entry is malformed")]
    public void A_digest_of_an_entry(string members, string message) =>
        Assert.Equal(message, Refuse(Index($"{{{members}}}"), MediaTypes.OciIndex));

    [Theory]
    [InlineData("\"mediaType\":1", "the mediaType of the index entry is not a string")]
    [InlineData("\"size\":\"7\"", "the size of the index entry is not a byte count")]
    [InlineData("\"urls\":{}", "the urls of the index entry is not an array")]
    [InlineData("\"urls\":[1]", "the url is not a string")]
    [InlineData("\"annotations\":[]", "the annotations of the index entry are not a JSON object")]
    [InlineData("\"annotations\":{\"k\":1}", "the annotation of the index entry is not a string")]
    [InlineData("\"artifactType\":1", "the artifactType of the index entry is not a string")]
    [InlineData("\"platform\":1", "the platform is not a JSON object")]
    [InlineData("\"platform\":{\"architecture\":1}", "the architecture is not a string")]
    [InlineData("\"platform\":{\"os\":1}", "the os is not a string")]
    [InlineData("\"platform\":{\"os\":\"a\\u0007\"}", "the os has control characters")]
    [InlineData("\"platform\":{\"variant\":1}", "the variant is not a string")]
    [InlineData("\"platform\":{\"os.version\":1}", "the os.version is not a string")]
    [InlineData("\"platform\":{\"os.features\":{}}", "the os.features is not an array")]
    [InlineData("\"platform\":{\"os.features\":[1]}", "the os.features is not a string")]
    public void A_member_of_an_entry(string member, string message) =>
        Assert.Equal(message, Refuse(Index($$"""{"digest":"{{One}}",{{member}}}"""), MediaTypes.OciIndex));

    [Theory]
    [InlineData("{}", Layers, "the config has no digest")]
    [InlineData(Config, "{}", "the layers is not an array")]
    [InlineData(Config, "[{}]", "the layer has no digest")]
    [InlineData("null", Layers, "the manifest has no config")]
    public void A_part_of_an_image(string config, string layers, string message) =>
        Assert.Equal(message, Refuse(Image(config, layers), MediaTypes.OciManifest));

    [Theory]
    [InlineData("", "the image config is not JSON")]
    [InlineData("[]", "the image config is not a JSON object")]
    [InlineData("""{"os":1}""", "the os is not a string")]
    public void A_part_of_a_config(string json, string message) => Assert.Equal(
        message,
        Assert.Throws<ManifestFormatException>(() => ImageConfig.Read(Encoding.UTF8.GetBytes(json))).Message);

    [Theory]
    [InlineData("urls", "the urls of the index entry has 1001 elements, more than 1000")]
    [InlineData("os.features", "the os.features has 1001 elements, more than 1000")]
    public void A_list_that_is_over_its_limit_by_one(string name, string message)
    {
        Assert.IsType<ManifestIndex>(Read(Entries(name, 1000), MediaTypes.OciIndex));
        string tooMany = Entries(name, 1001);
        Assert.Equal(message, Assert.Throws<ManifestLimitException>(() => Read(tooMany, MediaTypes.OciIndex)).Message);
    }

    private static string Entries(string name, int count)
    {
        string list = $"\"{name}\":[{string.Join(',', Enumerable.Repeat("\"x\"", count))}]";
        return Index($$"""{"digest":"{{One}}","size":1,{{(name == "urls" ? list : $"\"platform\":{{{list}}}")}}}""");
    }
}

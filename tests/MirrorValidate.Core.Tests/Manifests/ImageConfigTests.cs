using System.Text;
using MirrorValidate.Manifests;

namespace MirrorValidate.Core.Tests.Manifests;

public sealed class ImageConfigTests
{
    [Theory]
    [InlineData("""{"architecture":"amd64","os":"linux"}""", "linux/amd64")]
    [InlineData("""{"architecture":"arm","os":"linux","variant":"v7","config":{"os":"x"}}""", "linux/arm/v7")]
    [InlineData("""{"architecture":"amd64","os":"windows","os.version":"10.0.17763.1"}""", "windows/amd64:10.0.17763.1")]
    [InlineData("""{"architecture":null}""", "/")]
    [InlineData("{}", "/")]
    public void A_config_says_its_platform(string json, string platform) =>
        Assert.Equal(platform, ImageConfig.Read(Encoding.UTF8.GetBytes(json)).Platform.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"architecture":["amd64"]}""")]
    [InlineData("""{"architecture":"amd64","Architecture":"arm64"}""")]
    [InlineData("""{"os":"linux","os":"windows"}""")]
    [InlineData("""{"oſ":"linux"}""")]
    public void What_is_malformed_or_ambiguous_is_refused(string json) =>
        Assert.Throws<ManifestFormatException>(() => ImageConfig.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Platforms_are_equal_in_all_their_members()
    {
        var platform = new Platform { Architecture = "amd64", OS = "linux", Variant = "v1", OSVersion = "1", OSFeatures = ["a"] };
        Assert.Equal(platform, platform with { OSFeatures = ["a"] });
        Assert.Equal(platform.GetHashCode(), (platform with { OSFeatures = ["a"] }).GetHashCode());
        Assert.NotEqual(platform, platform with { Architecture = "AMD64" });
        Assert.NotEqual(platform, platform with { OS = "" });
        Assert.NotEqual(platform, platform with { Variant = "" });
        Assert.NotEqual(platform, platform with { OSVersion = "" });
        Assert.NotEqual(platform, platform with { OSFeatures = [] });
        Assert.False(platform.Equals(null));
    }

    [Theory]
    [InlineData("unknown", "unknown", true)]
    [InlineData("unknown", "linux", false)]
    [InlineData("amd64", "unknown", false)]
    [InlineData("", "", false)]
    public void Attestations_have_an_unknown_platform(string architecture, string os, bool isUnknown) =>
        Assert.Equal(isUnknown, new Platform { Architecture = architecture, OS = os }.IsUnknown);
}

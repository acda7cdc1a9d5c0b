using CsCheck;
using MirrorValidate.Manifests;
using MirrorValidate.Platforms;

namespace MirrorValidate.Core.Tests.Platforms;

public sealed class PlatformPatternTests
{
    private static readonly Gen<string> _part = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789._-+"].Array[1, 8].Select(letters => new string(letters));

    private static readonly Gen<Platform> _platform = Gen.Select(_part, _part, Gen.OneOf(Gen.Const(""), _part), Gen.OneOf(Gen.Const(""), _part))
        .Select((os, architecture, variant, version) => new Platform { OS = os, Architecture = architecture, Variant = variant, OSVersion = version });

    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("linux/arm/v7", "linux/arm/v7")]
    [InlineData("windows/amd64:10.0.20348.*", "windows/amd64:10.0.20348.*")]
    [InlineData("windows/amd64/v2:10.0", "windows/amd64/v2:10.0")]
    [InlineData("*/*", "*/*")]
    [InlineData("linux/*/*", "linux/*")]
    [InlineData("linux/arm64/*:*", "linux/arm64")]
    public void A_pattern_is_shown_without_parts_that_match_anything(string text, string shown) =>
        Assert.Equal(shown, PlatformPattern.Parse(text).ToString());

    [Theory]
    [InlineData("linux/", "\"linux/\"", "the architecture is empty")]
    [InlineData("/amd64", "\"/amd64\"", "the os is empty")]
    [InlineData("", "\"\"", "the os is empty")]
    [InlineData(":10.0", "\":10.0\"", "the os is empty")]
    [InlineData("linux/amd64/", "\"linux/amd64/\"", "the variant is empty")]
    [InlineData("linux/amd64:", "\"linux/amd64:\"", "the os.version is empty")]
    [InlineData("*/*/*/*", "\"*/*/*/*\"", "\"/*\" is one part too many")]
    [InlineData("windows/amd64:[", "\"windows/amd64:[\"", "\"[\" cannot be the os.version")]
    [InlineData("windows/amd64:10.0:1", "\"windows/amd64:10.0:1\"", "\"10.0:1\" cannot be the os.version")]
    [InlineData("win?ows/amd64", "\"win?ows/amd64\"", "\"win?ows\" cannot be the os")]
    [InlineData("linux/amd 64", "\"linux/amd 64\"", "\"amd 64\" cannot be the architecture")]
    [InlineData("linux/arm/v7\u202e", "v7", "cannot be the variant")]
    [InlineData("linux", "\"linux\"", "write linux/* for an os, */linux for an architecture")]
    public void A_bad_pattern_is_refused_and_its_part_is_named(string text, string quoted, string why)
    {
        string message = Assert.Throws<FormatException>(() => PlatformPattern.Parse(text)).Message;
        Assert.Contains(quoted, message);
        Assert.Contains(why, message);
        Assert.DoesNotContain("\u202e", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux/amd64", "linux", "amd64", "v2", "", true)]
    [InlineData("linux/amd64", "linux", "amd64", "", "10.0", true)]
    [InlineData("LINUX/AMD64", "linux", "amd64", "", "", true)]
    [InlineData("linux/amd64/v2", "linux", "amd64", "", "", false)]
    [InlineData("linux/amd64/v1", "linux", "amd64", "", "", true)]
    [InlineData("linux/amd64/v1", "linux", "amd64", "v2", "", false)]
    [InlineData("linux/arm64/v8", "linux", "arm64", "", "", true)]
    [InlineData("linux/arm/v7", "linux", "arm", "", "", true)]
    [InlineData("linux/arm/v6", "linux", "arm", "", "", false)]
    [InlineData("linux/arm/v*", "linux", "arm", "v6", "", true)]
    [InlineData("windows/amd64:10.0.20348.*", "windows", "amd64", "", "10.0.20348.2113", true)]
    [InlineData("windows/amd64:10.0.20348.*", "windows", "amd64", "", "10.0.2034.8", false)]
    [InlineData("windows/amd64:10.0.20348.*", "windows", "amd64", "", "", false)]
    [InlineData("windows/amd64:*", "windows", "amd64", "", "", true)]
    [InlineData("windows/amd64:10.0", "windows", "amd64", "", "10.0.1", false)]
    [InlineData("linux/*64", "linux", "arm64", "", "", true)]
    [InlineData("linux/*64", "linux", "s390x", "", "", false)]
    [InlineData("*/arm64", "", "arm64", "", "", true)]
    public void A_platform_matches_part_by_part(
        string pattern, string os, string architecture, string variant, string version, bool matches)
    {
        var platform = new Platform { OS = os, Architecture = architecture, Variant = variant, OSVersion = version };
        Assert.Equal(matches, PlatformPattern.Parse(pattern).Matches(platform));
    }

    [Fact]
    public void The_text_of_a_platform_is_a_pattern_that_matches_it() => _platform.Sample(platform =>
    {
        Assert.True(PlatformPattern.Parse(platform.ToString()).Matches(platform));
        Assert.True(PlatformPattern.Parse(PlatformPattern.Exact(platform)).Matches(platform));
    });

    [Fact]
    public void A_pattern_without_wildcards_matches_no_platform_that_differs_in_a_part_it_has() =>
        Gen.Select(_platform, _platform).Where((one, other) => one.OS != other.OS || one.Architecture != other.Architecture)
            .Sample((one, other) => Assert.False(PlatformPattern.Parse(one.ToString()).Matches(other)));

    [Fact]
    public void Any_text_is_a_pattern_or_a_format_error() => Gen.String.Sample(text =>
    {
        try
        {
            var pattern = PlatformPattern.Parse(text);
            Assert.Equal(pattern, PlatformPattern.Parse(pattern.ToString()));
        }
        catch (FormatException)
        {
        }
    });
}

using MirrorValidate.Manifests;
using MirrorValidate.Platforms;

namespace MirrorValidate.Core.Tests.Platforms;

public sealed class PlatformSelectionTests
{
    [Theory]
    [InlineData("amd64", "amd64")]
    [InlineData("amd64,arm64,arm", "amd64,arm64,arm")]
    [InlineData(" amd64 , , arm64,", "amd64,arm64")]
    [InlineData("amd64,AMD64", "amd64")]
    [InlineData("*", "*")]
    [InlineData("amd64,*", "*")]
    public void Architectures_are_named_with_commas(string text, string selection)
    {
        Assert.Equal(selection, PlatformSelection.OfArchitectures([text]).ToString());
        Assert.Equal(selection, PlatformSelection.OfArchitectures(text.Split(',')).ToString());
        Assert.Equal(selection == "*", PlatformSelection.OfArchitectures([text]) == PlatformSelection.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ,")]
    public void A_selection_of_nothing_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => PlatformSelection.OfArchitectures([text]));
        Assert.Throws<FormatException>(() => PlatformSelection.OfArchitectures([]));
        Assert.Throws<FormatException>(() => PlatformSelection.OfArchitectures(["amd64"], [text]));
        Assert.Throws<FormatException>(() => PlatformSelection.Of(text));
        Assert.Throws<FormatException>(() => PlatformSelection.Of());
    }

    [Theory]
    [InlineData("linux/amd64", "\"linux/amd64\" cannot be the architecture")]
    [InlineData("amd64?", "\"amd64?\" cannot be the architecture")]
    public void A_name_that_is_no_architecture_is_refused(string name, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PlatformSelection.OfArchitectures([name])).Message);

    [Theory]
    [InlineData("amd64", "linux/amd64", true)]
    [InlineData("AMD64", "linux/amd64", true)]
    [InlineData("amd64", "windows/amd64", true)]
    [InlineData("amd64", "linux/arm64", false)]
    [InlineData("arm", "linux/arm64", false)]
    [InlineData("arm", "linux/armv7", false)]
    [InlineData("amd64", "", false)]
    [InlineData("amd64", "unknown/unknown", false)]
    [InlineData("unknown", "unknown/unknown", false)]
    [InlineData("unknown", "linux/unknown", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "unknown/unknown", true)]
    [InlineData("*", "linux/s390x", true)]
    public void A_platform_takes_part_by_its_architecture(string names, string platform, bool takesPart) =>
        Assert.Equal(takesPart, PlatformSelection.OfArchitectures([names]).Includes(Read(platform)));

    [Theory]
    [InlineData("amd64", "linux", "linux/amd64", true)]
    [InlineData("amd64", "Linux,windows", "windows/amd64", true)]
    [InlineData("amd64", "linux", "freebsd/amd64", false)]
    [InlineData("amd64", "*", "freebsd/amd64", true)]
    [InlineData("*", "linux", "linux/s390x", true)]
    [InlineData("*", "linux", "windows/amd64", false)]
    [InlineData("*", "linux", "unknown/unknown", false)]
    [InlineData("*", "unknown", "unknown/unknown", false)]
    [InlineData("*", "*", "unknown/unknown", true)]
    public void A_platform_takes_part_by_architecture_and_operating_system(
        string names, string systems, string platform, bool takesPart) =>
        Assert.Equal(takesPart, PlatformSelection.OfArchitectures([names], [systems]).Includes(Read(platform)));

    [Theory]
    [InlineData("amd64,arm64", "linux", "linux/amd64,linux/arm64")]
    [InlineData("*", "linux,windows", "linux/*,windows/*")]
    [InlineData("amd64", "*", "amd64")]
    [InlineData("*", "*", "*")]
    public void Architectures_of_an_operating_system_are_shown_as_platforms(string names, string systems, string shown) =>
        Assert.Equal(shown, PlatformSelection.OfArchitectures([names], [systems]).ToString());

    [Fact]
    public void Several_patterns_select_their_union()
    {
        var selection = PlatformSelection.Of("linux/arm64, windows/amd64:10.0.20348.*", "freebsd/*");
        Assert.Equal("linux/arm64,windows/amd64:10.0.20348.*,freebsd/*", selection.ToString());
        Assert.True(selection.Includes(Read("linux/arm64/v8")));
        Assert.True(selection.Includes(Read("windows/amd64:10.0.20348.2113")));
        Assert.True(selection.Includes(Read("freebsd/riscv64")));
        Assert.False(selection.Includes(Read("linux/amd64")));
        Assert.False(selection.Includes(Read("windows/amd64:10.0.17763.1")));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("*/*", false)]
    [InlineData("linux/*,*", true)]
    public void Only_a_star_alone_selects_what_has_no_platform(string pattern, bool takesPart)
    {
        Assert.Equal(takesPart, PlatformSelection.Of(pattern).Includes(null));
        Assert.Equal(takesPart, PlatformSelection.Of(pattern).Includes(Read("unknown/unknown")));
        Assert.True(PlatformSelection.Of(pattern).Includes(Read("linux/amd64")));
    }

    [Theory]
    [InlineData("linux/amd64", "linux/arm64", "linux/amd64")]
    [InlineData("linux/amd64 linux/arm64/v8", "windows/amd64:10.0.1", "linux/amd64,linux/arm64")]
    [InlineData("linux/arm/v6 linux/arm/v7", "linux/arm64", "linux/arm")]
    [InlineData("linux/arm/v7", "linux/arm/v6", "linux/arm/v7")]
    [InlineData("linux/amd64", "linux/amd64/v2", "linux/amd64/v1")]
    [InlineData("windows/amd64:10.0.2", "windows/amd64:10.0.1", "windows/amd64/v1:10.0.2")]
    [InlineData("linux/amd64", "linux/amd64", "")]
    [InlineData("linux/ppc64le", "linux/ppc64le/power9", "")]
    [InlineData("linux/a*", "linux/amd64", "")]
    [InlineData("linux/a,b", "linux/amd64", "")]
    [InlineData("", "linux/amd64", "")]
    public void The_argument_for_platforms_selects_them_and_no_others(string wanted, string others, string argument)
    {
        Assert.Equal(argument, PlatformSelection.ArgumentFor(ReadAll(wanted), ReadAll(others)));
        if (argument.Length == 0) return;
        var selection = PlatformSelection.Of(argument);
        Assert.All(ReadAll(wanted), platform => Assert.True(selection.Includes(platform)));
        Assert.All(ReadAll(others), platform => Assert.False(selection.Includes(platform)));
    }

    private static Platform[] ReadAll(string texts) =>
        [.. texts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Read(text)!)];

    private static Platform? Read(string text)
    {
        if (text.Length == 0) return null;
        string[] version = text.Split(':');
        string[] parts = version[0].Split('/');
        return new Platform
        {
            OS = parts[0],
            Architecture = parts[1],
            Variant = parts.ElementAtOrDefault(2) ?? "",
            OSVersion = version.ElementAtOrDefault(1) ?? "",
        };
    }
}

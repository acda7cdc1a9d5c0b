using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

public sealed class ArchitectureSelectionTests
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
        Assert.Equal(selection, ArchitectureSelection.Of([text]).ToString());
        Assert.Equal(selection, ArchitectureSelection.Of(text.Split(',')).ToString());
        Assert.Equal(selection == "*", ArchitectureSelection.Of([text]).IsAll);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ,")]
    public void No_architecture_at_all_is_refused(string text)
    {
        Assert.Throws<ArgumentException>(() => ArchitectureSelection.Of([text]));
        Assert.Throws<ArgumentException>(() => ArchitectureSelection.Of([]));
    }

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
    public void A_platform_takes_part_by_its_architecture(string names, string platform, bool takesPart)
    {
        string[] parts = platform.Split('/');
        Assert.Equal(takesPart, ArchitectureSelection.Of([names]).Includes(platform.Length == 0 ? null : new Platform { OS = parts[0], Architecture = parts[1] }));
    }
}

using MirrorValidate.Platforms;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>How a result was come by, as a record and as the line that CSV files have.</summary>
public sealed class ValidationSettingsTests
{
    private static readonly ValidationOptions Options = new()
    {
        Platforms = PlatformSelection.OfArchitectures(["amd64,arm64"]),
        Comparison = ComparisonMode.Digest,
        Depth = ValidationDepth.Blob,
        IncludeAttestation = true,
        IncludeReferrer = true,
        SourceStores = ["a.tar", "b"],
        DestinationStores = ["c.tar", "d"],
    };

    [Fact]
    public void They_are_those_of_the_run() => Assert.Equal(
        "Platform=amd64,arm64; Comparison=Digest; Depth=Blob; IncludeAttestation=True; IncludeReferrer=True; "
        + $"SourceStore=a.tar,b; DestinationStore=c.tar,d; Version={ValidationSettings.ModuleVersion}",
        ValidationSettings.Of(Options).ToString());

    [Fact]
    public void The_version_has_three_parts() => Assert.Matches(@"^\d+\.\d+\.\d+$", ValidationSettings.ModuleVersion);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_line_is_read_back(bool attestations, bool referrers)
    {
        ValidationSettings settings = ValidationSettings.Of(
            Options with { IncludeAttestation = attestations, IncludeReferrer = referrers });
        Assert.Equal(settings, ValidationSettings.Parse(settings.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no pair; Other=1; IncludeReferrer=yes")]
    public void What_a_line_does_not_say_is_empty(string line)
    {
        ValidationSettings settings = ValidationSettings.Parse(line);
        Assert.Equal(ValidationSettings.Unknown, settings);
        Assert.All(
            [
                settings.Platform, settings.Comparison, settings.Depth,
                settings.SourceStore, settings.DestinationStore, settings.Version,
            ],
            Assert.Empty);
        Assert.False(settings.IncludeAttestation || settings.IncludeReferrer);
    }
}

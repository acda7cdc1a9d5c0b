using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Which entry of the destination stands beside which of the source.</summary>
public sealed class PlatformsTests
{
    private static readonly Platform Amd64 = new() { OS = "linux", Architecture = "amd64" };
    private static readonly Platform Arm64 = new() { OS = "linux", Architecture = "arm64", Variant = "v8" };
    private static readonly Platform Windows = new() { OS = "windows", Architecture = "amd64", OSVersion = "10.0.17763.1" };

    [Fact]
    public void Entries_stand_beside_those_they_are_compared_with_in_the_source_s_order()
    {
        MirrorPlatformCollection platforms = Result(
            [new("sha256:1", Amd64), new("sha256:2", Arm64), new("sha256:3", Windows)],
            [new("sha256:4", Windows with { OSVersion = "10.0.17763.2" }), new("sha256:1", Amd64), new("sha256:5", Platform: null)]).Platforms;
        Assert.Equal(
            [
                new("linux/amd64", "sha256:1", "linux/amd64", "sha256:1"),
                new("linux/arm64/v8", "sha256:2", "", ""),
                new("windows/amd64:10.0.17763.1", "sha256:3", "windows/amd64:10.0.17763.2", "sha256:4"),
                new("", "", "", "sha256:5"),
            ],
            platforms);
        Assert.Equal(
            "linux/amd64 sha256:1 linux/amd64 sha256:1; linux/arm64/v8 sha256:2 -; "
            + "windows/amd64:10.0.17763.1 sha256:3 windows/amd64:10.0.17763.2 sha256:4; - sha256:5",
            platforms.ToString());
    }

    [Fact]
    public void An_entry_under_another_platform_stands_beside_the_same_digest() =>
        Assert.Equal(
            [new("linux/amd64", "sha256:1", "linux/arm64/v8", "sha256:1")],
            Result([new("sha256:1", Amd64)], [new("sha256:1", Arm64)]).Platforms);

    [Fact]
    public void Of_a_side_that_was_not_read_nothing_stands_there()
    {
        Assert.Equal([new("linux/amd64", "sha256:1", "", "")], Result([new("sha256:1", Amd64)], []).Platforms);
        Assert.Empty(Result([], []).Platforms);
    }

    [Fact]
    public void A_platform_steers_no_terminal() =>
        Assert.Equal(
            "[2J /amd64",
            Result([new("sha256:1", Amd64 with { OS = "\u001b[2J\u202e" })], []).Platforms[0].SourcePlatform.TrimStart());

    private static MirrorImageResult Result(ManifestSpec[] source, ManifestSpec[] destination) => new()
    {
        Id = 1,
        Status = "Passed",
        Reason = "None",
        Message = "",
        Line = "",
        LineNumber = 1,
        SourceSpec = new ManifestSpecCollection(source),
        DestinationSpec = new ManifestSpecCollection(destination),
    };
}

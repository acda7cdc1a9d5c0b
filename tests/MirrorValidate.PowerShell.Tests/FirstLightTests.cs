using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests;

/// <summary>The main job: list lines in, verdicts out.</summary>
public sealed class FirstLightTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_mirror_that_is_right_passes()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        Outcome outcome = _shell.Run("Test-MirrorImage", registries.Add("alpine", SampleImages.DockerList("alpine")));
        Assert.Empty(outcome.Errors);
        Assert.Equal("Passed", outcome.Text("Status"));
        Assert.Equal("None", outcome.Text("Reason"));
        Assert.Equal("1", outcome.Text("Id"));
        Assert.Equal("4", outcome.Text("RequestCount"));
    }

    [Fact]
    public async Task The_demo_images_have_a_defect_of_each_class()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        object[] lines = [.. DemoImages.Seed(registries.Source.Store, registries.Destination.Store)];
        Outcome outcome = _shell.Run(
            $"Test-MirrorImage -s {registries.Source.Host} -d {registries.Destination.Host} -j 5 -PreserveOrder -Verbose", lines);
        Assert.Equal(
            [
                "None", "None", "None", "None", "None", "None", "None",
                "SpecMismatch", "SpecMismatch", "DestinationNotAList", "DestinationNotFound", "DestinationListLength", "PlatformMismatch",
                "DestinationManifestMissing",
            ],
            outcome.Output.Select(result => result.Text("Reason")));
        Assert.Equal(7, File.ReadAllLines(_shell.FilePath("mirror-validate-failed.txt")).Length);
    }
}

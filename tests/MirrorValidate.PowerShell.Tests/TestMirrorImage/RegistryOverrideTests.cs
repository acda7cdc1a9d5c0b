using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>Which registries and which project a line means. Sets environment variables, so nothing runs beside it.</summary>
[Collection("environment")]
public sealed class RegistryOverrideTests : ModuleTest
{
    [Fact]
    public void Parameters_replace_what_the_line_says()
    {
        Right("x");
        Outcome outcome = Shell.Run($"Test-MirrorImage {Override}", "registry.invalid/library/x other.invalid:5000/mirror/x v1");
        Assert.Equal("Passed", outcome.Text("Status"));
        Assert.Equal($"{Registries.Source.Host}/library/x", outcome.Text("Source"));
        Assert.Equal($"{Registries.Destination.Host}/mirror/x", outcome.Text("Destination"));
    }

    [Fact]
    public void The_environment_does_where_no_parameter_does()
    {
        Right("x");
        Outcome outcome = WithEnvironment(Registries.Source.Host, Registries.Destination.Host, () =>
            Shell.Run("Test-MirrorImage", "registry.invalid/library/x mirror/x v1"));
        Assert.Equal("Passed", outcome.Text("Status"));
    }

    [Fact]
    public void Parameters_win_over_the_environment()
    {
        Right("x");
        Outcome outcome = WithEnvironment("source.invalid", "destination.invalid", () =>
            Shell.Run($"Test-MirrorImage {Override}", "library/x mirror/x v1"));
        Assert.Equal("Passed", outcome.Text("Status"));
    }

    [Fact]
    public void An_empty_parameter_takes_the_line_at_its_word_whatever_the_environment_says()
    {
        Outcome outcome = WithEnvironment("source.invalid", "destination.invalid", () =>
            Shell.Run("Test-MirrorImage -s '' -d ''", Right()));
        Assert.Equal("Passed", outcome.Text("Status"));
    }

    [Fact]
    public void An_error_in_the_environment_names_the_variable()
    {
        Outcome outcome = WithEnvironment("https://registry.example", destination: null, () => Shell.Run("Test-MirrorImage", Right()));
        Assert.Contains("SOURCE_REGISTRY", outcome.Terminating!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "library")]
    [InlineData("-DefaultProject apps", "apps")]
    [InlineData("-DefaultProject /apps/base/", "apps/base")]
    public void A_destination_without_a_project_gets_the_default_one(string arguments, string project)
    {
        BuiltManifest image = SampleImages.DockerList("x");
        image.PutInto(Registries.Source.Store, "x", "v1");
        image.PutInto(Registries.Destination.Store, $"{project}/x", "v1");
        Outcome outcome = Shell.Run($"Test-MirrorImage {Override} {arguments}", "x x v1");
        Assert.Equal("Passed", outcome.Text("Status"));
        Assert.Equal($"{Registries.Destination.Host}/{project}/x", outcome.Text("Destination"));
    }

    [Fact]
    public void An_empty_default_project_is_none()
    {
        BuiltManifest image = SampleImages.DockerList("x");
        image.PutInto(Registries.Source.Store, "x", "v1");
        image.PutInto(Registries.Destination.Store, "x", "v1");
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage {Override} -DefaultProject ''", "x x v1").Text("Status"));
    }

    [Fact]
    public void A_single_reference_needs_a_destination_registry()
    {
        BuiltManifest image = SampleImages.DockerList("x");
        image.PutInto(Registries.Source.Store, "apps/x", "v1");
        image.PutInto(Registries.Destination.Store, "apps/x", "v1");
        string line = $"{Registries.Source.Host}/apps/x:v1";
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage -d {Registries.Destination.Host}", line).Text("Status"));
        Outcome without = Shell.Run("Test-MirrorImage", line);
        Assert.Equal("InvalidLine", without.Text("Reason"));
        Assert.Contains("-DestinationRegistry", without.Text("Message"), StringComparison.Ordinal);
    }

    private static Outcome WithEnvironment(string? source, string? destination, Func<Outcome> run)
    {
        Environment.SetEnvironmentVariable("SOURCE_REGISTRY", source);
        Environment.SetEnvironmentVariable("DEST_REGISTRY", destination);
        try
        {
            return run();
        }
        finally
        {
            Environment.SetEnvironmentVariable("SOURCE_REGISTRY", null);
            Environment.SetEnvironmentVariable("DEST_REGISTRY", null);
        }
    }
}

using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>What an image-tools user types, flag for flag.</summary>
public sealed class SeedCommandLineTests : ModuleTest
{
    [Theory]
    [InlineData("Test-MirrorImage")]
    [InlineData("mirror-validate")]
    public void All_flags_at_once(string command)
    {
        WriteList();
        Outcome outcome = Shell.Run($"{command} -f ./list.txt {Override} -a amd64,arm64,arm -j 20 -o failed.txt -debug");
        Assert.Null(outcome.Terminating);
        Assert.Equal(["Failed", "Passed"], outcome.Output.Select(result => result.Text("Status")).Order());
        Assert.Equal(["library/bad mirror/bad v1"], File.ReadAllLines(Shell.FilePath("failed.txt")));
        Assert.NotEmpty(outcome.Debug);
        Assert.False(File.Exists(Shell.FilePath("mirror-validate-failed.txt")));
    }

    [Theory]
    [InlineData("-f ./list.txt -j 10")]
    [InlineData("-f ./list.txt")]
    [InlineData("-f ./list.txt -j 20")]
    [InlineData("-f list.txt -o validate-failed-list.txt")]
    [InlineData("-f ./list.txt -debug")]
    [InlineData("-f ./list.txt -a amd64,arm64,arm")]
    public void Each_command_line_of_its_documentation(string arguments)
    {
        WriteList();
        Outcome outcome = Shell.Run($"Test-MirrorImage {arguments} {Override}");
        Assert.Null(outcome.Terminating);
        Assert.Equal(2, outcome.Output.Count);
        string failedList = arguments.Contains("-o ", StringComparison.Ordinal) ? "validate-failed-list.txt" : "mirror-validate-failed.txt";
        Assert.Equal(["library/bad mirror/bad v1"], File.ReadAllLines(Shell.FilePath(failedList)));
    }

    [Fact]
    public void Architectures_may_be_one_text_with_commas()
    {
        Registries.Add("x", SampleImages.DockerList("x"), SampleImages.Filtered(SampleImages.DockerList("x"), platform => platform.Architecture != "arm"));
        string line = $"{Registries.Source.Host}/library/x {Registries.Destination.Host}/mirror/x v1";
        Assert.Equal("Passed", Shell.Run("Test-MirrorImage -a 'amd64,arm64'", line).Text("Status"));
        Assert.Equal("SpecMismatch", Shell.Run("Test-MirrorImage -a 'amd64, arm64, arm'", line).Text("Reason"));
    }

    private void WriteList()
    {
        Right("good");
        Stale("bad");
        Shell.WriteFile("list.txt", "# images", "", "library/good mirror/good v1", "library/bad mirror/bad v1");
    }
}

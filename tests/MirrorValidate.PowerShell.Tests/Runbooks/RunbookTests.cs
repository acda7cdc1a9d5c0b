using System.Xml.Linq;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.PowerShell.Tests.ModuleFiles;
using MirrorValidate.PowerShell.Tests.Shell;

namespace MirrorValidate.PowerShell.Tests.Runbooks;

/// <summary>The runbooks that need nothing but registries, run as processes in the shell; those with skopeo are run with the real one.</summary>
public sealed class RunbookTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirror-validate-");
    private RegistryPair _registries = null!;

    public async Task InitializeAsync()
    {
        _registries = await RegistryPair.StartAsync();
        string good = _registries.Add("good", SampleImages.DockerList("good"));
        string stale = _registries.Add("stale", SampleImages.DockerList("new"), SampleImages.DockerList("old"));
        Write("good.txt", good);
        Write("bad.txt", "# images", good, stale);
        Write("unreadable.txt", "a b c d e", stale);
        Write("empty.txt");
    }

    public async Task DisposeAsync()
    {
        await _registries.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Invoke-NightlyCheck")]
    [InlineData("Invoke-MirrorGate")]
    public async Task A_runbook_ends_with_the_exit_codes_that_it_documents(string runbook)
    {
        ShellOutput run = await RunAsync(
            $"foreach ($list in 'good', 'bad', 'unreadable', 'nowhere', 'empty') {{ $null = & '{ScriptOf(runbook)}' -Path \"$list.txt\" 2>&1; \"$list $LASTEXITCODE\" }}");
        Assert.Equal(new ShellOutput(0, "good 0\nbad 1\nunreadable 2\nnowhere 3\nempty 3\n", ""), run);
    }

    [Fact]
    public async Task The_nightly_check_writes_a_report_that_can_be_mailed()
    {
        ShellOutput run = await RunAsync("Invoke-NightlyCheck", "-Path bad.txt -ReportPath report.txt -ResultPath results.csv -FailedListPath failed.txt");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        Assert.Matches("^Subject: Mirror check on .+: 1 passed, 1 failed, 0 not compared$", lines[0]);
        Assert.Equal("", lines[2]);
        Assert.Contains($"  {_registries.Source.Host}/library/stale:v1\n    at {_registries.Destination.Host}/mirror/stale\n    SpecMismatch: ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"To mirror and test again: {Path.Combine(_folder.FullName, "failed.txt")}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, Read("report.txt"));
        Assert.Equal(3, Read("results.csv").TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task The_gate_annotates_the_lines_of_the_list_and_writes_a_JUnit_report()
    {
        ShellOutput run = await RunAsync("Invoke-MirrorGate", "-Path bad.txt -JUnitPath report.xml");
        Assert.StartsWith($"::error file=bad.txt,line=3,title=Failed::{_registries.Source.Host}/library/stale:v1 SpecMismatch: ", run.Output, StringComparison.Ordinal);
        XElement suite = XElement.Parse(Read("report.xml"));
        Assert.Equal(("2", "1", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        Assert.Equal("SpecMismatch", suite.Elements("testcase").Last().Element("failure")!.Attribute("type")!.Value);
    }

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.FullName, name), lines);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name)).ReplaceLineEndings("\n");

    private static string ScriptOf(string runbook) => Path.Combine(RepositoryFiles.Root, "docs", "runbooks", runbook + ".ps1");

    private Task<ShellOutput> RunAsync(string runbook, string arguments) => RunAsync($"& '{ScriptOf(runbook)}' {arguments}; exit $LASTEXITCODE");

    private Task<ShellOutput> RunAsync(string command) => ShellProcess.RunAsync(
        "",
        ["-Command", $"Set-Location '{_folder.FullName}'; {command}"],
        new Dictionary<string, string> { ["DOCKER_CONFIG"] = _folder.FullName, ["HOME"] = _folder.FullName, ["GITHUB_ACTIONS"] = "true" });
}

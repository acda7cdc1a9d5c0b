using System.Text.RegularExpressions;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests;

/// <summary>The demo as a process, as README starts it.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirror-validate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_tour_shows_the_list_the_pipeline_and_every_class_of_defect()
    {
        ProcessOutput demo = await RunAsync([]);
        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.Contains("library/alpine mirror/alpine 3.20\n", demo.Output, StringComparison.Ordinal);
        Assert.Contains("PS> Get-Content image-list.txt | Test-MirrorImage ", demo.Output, StringComparison.Ordinal);
        foreach (string reason in (string[])
        [
            "DestinationNotAList", "DestinationNotFound", "DestinationListLength", "PlatformMismatch", "SpecMismatch", "DestinationManifestMissing",
        ])
            Assert.Contains(reason, demo.Output, StringComparison.Ordinal);
        Assert.Contains("Reason               : SpecMismatch\n", demo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", demo.Output, StringComparison.Ordinal);

        // What follows the last command is the failed list: the lines of the failed entries as they stand in the list, in its order.
        string failed = demo.Output[demo.Output.LastIndexOf("PS> ", StringComparison.Ordinal)..];
        Assert.Equal(
            ["library/postgres", "library/haproxy", "library/memcached", "library/registry", "library/tools", "library/agent", "library/etcd"],
            failed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_prompt_has_the_module_both_registries_and_the_list()
    {
        ProcessOutput demo = await RunAsync(
            ["-Interactive"],
            """
            $PWD.Path
            (Get-Content image-list.txt -TotalCount 2 | Test-MirrorImage -s $source -d $destination -NoFailedList).Status
            exit 5
            """ + "\n");
        Assert.Equal((5, ""), (demo.ExitCode, demo.Error));
        string[] lines = [.. demo.Lines.Select(line => TerminalSequence().Replace(line, ""))];
        Assert.Contains("$source", lines[0], StringComparison.Ordinal);
        Assert.Contains("Passed", lines);
        string folder = Assert.Single(lines, line => Path.IsPathFullyQualified(line));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_command_runs_in_the_folder_that_it_was_typed_in_and_gives_its_exit_code()
    {
        ProcessOutput demo = await RunAsync(
            ["-Command", "$input | ForEach-Object { \"[$_]\" };", "$PWD.Path; (Get-ManifestList \"$source/library/alpine:3.20\").MediaType; exit 7"], "one\ntwo\n");
        Assert.Equal(
            (7, $"[one]\n[two]\n{_folder.FullName}\napplication/vnd.docker.distribution.manifest.list.v2+json\n", ""),
            (demo.ExitCode, demo.Output, demo.Error));
    }

    [Fact]
    public async Task A_script_gets_its_arguments()
    {
        string script = Path.Combine(_folder.FullName, "own.ps1");
        await File.WriteAllTextAsync(script, "param($Path, [switch] $Force) \"$Path $Force $PSScriptRoot\"; exit 3");
        ProcessOutput demo = await RunAsync(["-File", "own.ps1", "-Path", "a b", "-Force"]);
        Assert.Equal((3, $"a b True {_folder.FullName}\n", ""), (demo.ExitCode, demo.Output, demo.Error));
    }

    [Theory]
    [InlineData("-Nonsense", "\"-Nonsense\"")]
    [InlineData("own.ps1", "\"own.ps1\"")]
    [InlineData("-Command", "-Command needs")]
    [InlineData("-File", "-File needs")]
    [InlineData("-File missing.ps1", "\"missing.ps1\"")]
    [InlineData("-Interactive now", "\"now\"")]
    public async Task Bad_arguments_end_with_64_and_a_sentence(string arguments, string expected)
    {
        ProcessOutput demo = await RunAsync(arguments.Split(' '));
        Assert.Equal((64, ""), (demo.ExitCode, demo.Output));
        Assert.Contains(expected, Assert.Single(demo.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_argument()
    {
        ProcessOutput demo = await RunAsync(["-Help"]);
        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.All((string[])["-Interactive", "-Command", "-File"], name => Assert.Contains(name, demo.Output, StringComparison.Ordinal));
    }

    private async Task<ProcessOutput> RunAsync(string[] arguments, string input = "")
    {
        await using DotNetProcess demo = DotNetProcess.Start(BuildValues.Get("Demo"), arguments, directory: _folder.FullName);
        return await demo.EndInputAsync(input);
    }

    [GeneratedRegex(@"\e\[[?0-9;]*[a-z]")]
    private static partial Regex TerminalSequence();
}

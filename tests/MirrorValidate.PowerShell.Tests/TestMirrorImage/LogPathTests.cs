using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>The log in a file: all levels, one line an event.</summary>
public sealed partial class LogPathTests : ModuleTest
{
    private string LogFile => Shell.FilePath("run.log");

    [Fact]
    public void It_has_all_levels_whatever_the_streams_show()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -LogPath run.log", Right(), Stale(), "an unreadable list line");
        string[] lines = File.ReadAllLines(LogFile);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Equal(["DEBU", "ERRO", "INFO"], lines.Select(line => Line().Match(line).Groups[1].Value).Distinct().Order());
        Assert.Contains(lines, line => line.Contains("[M_ID:1] PASS [", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("[M_ID:2] FAILED [", StringComparison.Ordinal));
        Assert.Matches(@"\[INFO\] 1 passed, 1 failed, 1 error in ", lines[^1]);
        Assert.Empty(outcome.Verbose.Concat(outcome.Debug));
    }

    [Fact]
    public void The_streams_show_what_they_show_without_it()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -LogPath run.log -Verbose", Right());
        Assert.NotEmpty(outcome.Verbose);
        Assert.Empty(outcome.Debug);
    }

    [Fact]
    public void Specs_are_JSON_in_the_line()
    {
        Shell.Run("Test-MirrorImage -LogPath run.log", Stale());
        foreach (string name in (string[])["srcSpec: ", "dstSpec: "])
        {
            string line = Assert.Single(File.ReadAllLines(LogFile), text => text.Contains(name, StringComparison.Ordinal));
            using JsonDocument specs = JsonDocument.Parse(line[(line.IndexOf(name, StringComparison.Ordinal) + name.Length)..]);
            Assert.Equal(2, specs.RootElement.GetArrayLength());
            Assert.Equal("amd64", specs.RootElement[0].GetProperty("platform").GetProperty("architecture").GetString());
        }
    }

    [Fact]
    public void It_is_appended_to_as_UTF8_without_byte_order_mark()
    {
        File.WriteAllText(LogFile, "größer");
        Shell.Run("Test-MirrorImage -LogPath run.log", "größe ist falsch");
        Shell.Run("Test-MirrorImage -LogPath run.log", Right());
        string[] lines = File.ReadAllLines(LogFile);
        Assert.Equal("größer", lines[0]);
        Assert.All(lines.Skip(1), line => Assert.Matches(Line(), line));
        Assert.Equal(2, lines.Count(line => line.Contains(" passed, ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith("FAILED [größe ist falsch]", StringComparison.Ordinal));
        Assert.Equal((byte)'g', File.ReadAllBytes(LogFile)[0]);
    }

    [Fact]
    public async Task Many_workers_of_several_runs_write_whole_lines()
    {
        using var other = new ModuleRunspace();
        string[] lines = [.. Enumerable.Range(0, 100).Select(number => Stale($"image{number % 5}"))];
        await Task.WhenAll(
            Task.Run(() => Shell.Run("Test-MirrorImage -LogPath run.log -j 20", lines)),
            Task.Run(() => other.Run($"Test-MirrorImage -LogPath '{LogFile}' -j 20", lines)));
        string[] log = File.ReadAllLines(LogFile);
        Assert.All(log, line => Assert.Matches(Line(), line));
        Assert.Equal(200, log.Count(line => line.Contains(" FAILED [", StringComparison.Ordinal)));
        Assert.Equal(200, log.Count(line => line.Contains(" srcSpec: [{", StringComparison.Ordinal)));
        Assert.Equal(2, log.Count(line => line.Contains(" 0 passed, 100 failed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_cannot_forge_lines_or_colour_them()
    {
        Shell.Run("Test-MirrorImage -LogPath run.log", "\u001b[31mred \u0007 \r bell and so on");
        Assert.All(File.ReadAllLines(LogFile), line => Assert.Matches(Line(), line));
        Assert.DoesNotContain(File.ReadAllText(LogFile), letter => char.IsControl(letter) && letter != '\n');
    }

    [Theory]
    [InlineData("missing-folder/run.log")]
    [InlineData(".")]
    [InlineData("Env:log")]
    public void A_place_where_it_cannot_be_ends_the_run_before_it_begins(string path)
    {
        Outcome outcome = Shell.Run($"Test-MirrorImage -LogPath {path}", Right());
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.Equal("LogUnwritable,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(0, Registries.Source.Requests.Count);
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(DEBU|INFO|WARN|ERRO)\] \S")]
    private static partial Regex Line();
}

namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class OutputTests
{
    private const string AllStreams =
        """
        Write-Verbose verbose -Verbose; Write-Debug debug -Debug; Write-Warning warning
        Write-Information information -InformationAction Continue; Write-Information silent
        Write-Host host -ForegroundColor Red; Write-Progress activity status -PercentComplete 50
        "$($PSStyle.Foreground.Red)text$($PSStyle.Reset)"; Write-Error error
        """;

    [Fact]
    public async Task Every_stream_is_plain_text_when_redirected()
    {
        // On one line, since errors of longer scripts are shown with their place.
        ShellOutput shell = await ShellProcess.RunAsync("-c", AllStreams.ReplaceLineEndings("; "));
        Assert.Equal("VERBOSE: verbose\nDEBUG: debug\nWARNING: warning\ninformation\nhost\ntext\n", shell.Output);
        Assert.Equal("Write-Error: error\n", shell.Error);
    }

    [Theory]
    [InlineData("", "'Ansi'", true)]
    [InlineData("", "'Host'", false)]
    [InlineData("1", "$PSStyle.OutputRendering", false)]
    public async Task Colours_follow_PSStyle_and_NO_COLOR(string noColor, string rendering, bool expected)
    {
        Dictionary<string, string> environment = new() { ["NO_COLOR"] = noColor };
        string command = $"$PSStyle.OutputRendering = {rendering}; Write-Warning w; $PSStyle.Foreground.Red + 'r'";
        ShellOutput shell = await ShellProcess.RunAsync("", ["-c", command], environment);
        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(expected, shell.Output.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Objects_are_shown_by_their_views_at_120_columns()
    {
        ShellOutput shell = await ShellProcess.RunAsync(
            "-c",
            "$Host.UI.RawUI.BufferSize.Width; [pscustomobject]@{ Name = 'a'; Size = 1 }, [pscustomobject]@{ Name = 'b'; Size = 2 }");
        Assert.Equal("120\n\nName Size\n---- ----\na       1\nb       2\n\n", shell.Output);
    }

    [Fact]
    public async Task Output_comes_as_it_is_made()
    {
        await using ShellProcess shell = ShellProcess.Start("-c", "'first'; $null = Read-Host; 'second'");
        Assert.Equal("first", await shell.ReadLineAsync());
        await shell.Input.WriteLineAsync("go on");
        shell.Input.Close();
        Assert.Equal(new ShellOutput(0, "second\n", ""), await shell.EndAsync());
    }
}

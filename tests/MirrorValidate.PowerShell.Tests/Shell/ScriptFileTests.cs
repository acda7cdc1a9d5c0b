namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class ScriptFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirror validate ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Arguments_bind_by_name_and_by_position()
    {
        string script = Write(
            """
            param([string] $Name, [switch] $Force, [int] $Count, [bool] $Flag, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name,$Force,$Count,$Flag,$($Rest -join '+')"
            $PSScriptRoot
            """);
        ShellOutput shell = await ShellProcess.RunAsync("-File", script, "-Count", "3", "-Force", "-Flag:$true", "a b", "$x", "-1");
        Assert.Equal(new ShellOutput(0, $"a b,True,3,True,$x+-1\n{_folder.FullName}\n", ""), shell);
    }

    [Fact]
    public async Task Exit_in_the_script_is_the_exit_code()
    {
        ShellOutput shell = await ShellProcess.RunAsync("-File", Write("param($Code) 'before'; exit $Code; 'after'"), "7");
        Assert.Equal(new ShellOutput(7, "before\n", ""), shell);
    }

    [Fact]
    public async Task A_terminating_error_is_shown_with_its_place_and_ends_with_1()
    {
        string script = Write("'before'\nthrow 'boom'\n");
        ShellOutput shell = await ShellProcess.RunAsync(script);
        Assert.Equal(1, shell.ExitCode);
        Assert.Equal("before\n", shell.Output);
        Assert.Contains(script + ":2", shell.Error, StringComparison.Ordinal);
        Assert.Contains("boom", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_does_not_parse_is_shown_with_its_place_and_ends_with_1()
    {
        string script = Write("'before'\nif (\n");
        ShellOutput shell = await ShellProcess.RunAsync("-f", script);
        Assert.Equal(1, shell.ExitCode);
        Assert.Empty(shell.Output);
        Assert.Contains(script + ":2", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_errors_do_not_end_the_script()
    {
        ShellOutput shell = await ShellProcess.RunAsync("-f", Write("Write-Error 'no matter'\n'after'\nGet-Content ./nowhere\n"));
        Assert.Equal(0, shell.ExitCode);
        Assert.Equal("after\n", shell.Output);
        Assert.Contains("no matter", shell.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", shell.Error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}

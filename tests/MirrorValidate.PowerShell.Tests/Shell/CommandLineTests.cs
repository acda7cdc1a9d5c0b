namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_and_version_need_no_engine()
    {
        ShellOutput help = await ShellProcess.RunAsync("-?");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("-Command", help.Output, StringComparison.Ordinal);

        ShellOutput version = await ShellProcess.RunAsync("--version");
        Assert.Equal(0, version.ExitCode);
        Assert.StartsWith("MirrorValidate.Shell ", version.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Nonsense", "-Nonsense")]
    [InlineData("-Command", "-Command needs")]
    [InlineData("-File", "-File needs")]
    [InlineData("missing.ps1", "missing.ps1")]
    [InlineData("notes.txt", ".ps1")]
    public async Task A_command_line_that_cannot_be_read_ends_with_64_and_says_why(string argument, string expected)
    {
        ShellOutput shell = await ShellProcess.RunAsync(argument);
        Assert.Equal(64, shell.ExitCode);
        Assert.Contains(expected, shell.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Output);
    }

    [Fact]
    public async Task The_words_after_Command_are_one_text()
    {
        ShellOutput shell = await ShellProcess.RunAsync("-NoProfile", "-NoLogo", "-c", "$a = 20;", "$a", "+", "22", ";", "$Host.Name");
        Assert.Equal(new ShellOutput(0, "42\nMirrorValidate.Shell\n", ""), shell);
    }

    [Fact]
    public async Task The_module_is_imported()
    {
        ShellOutput shell = await ShellProcess.RunAsync("-c", "(Get-Module MirrorValidate).Name");
        Assert.Equal(new ShellOutput(0, "MirrorValidate\n", ""), shell);
    }
}

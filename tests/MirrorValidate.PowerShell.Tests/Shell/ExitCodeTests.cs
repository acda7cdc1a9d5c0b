namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("exit 0", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("if (", 1)]
    [InlineData("Get-Content ./nowhere", 1)]
    [InlineData("Get-Content ./nowhere; 'fine'", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Content ./nowhere; 'not reached'", 1)]
    [InlineData("dotnet --no-such-option 2>&1 | Out-Null", 1)]
    public async Task A_command_ends_as_in_pwsh(string command, int expected)
    {
        ShellOutput shell = await ShellProcess.RunAsync("-Command", command);
        Assert.Equal(expected, shell.ExitCode);
        Assert.DoesNotContain("not reached", shell.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_go_to_standard_error_with_their_command()
    {
        ShellOutput shell = await ShellProcess.RunAsync("-Command", "'out'; Get-Content ./nowhere; if (");
        Assert.Empty(shell.Output);
        Assert.Contains("ParserError", shell.Error, StringComparison.Ordinal);

        shell = await ShellProcess.RunAsync("-Command", "'out'; Get-Content ./nowhere");
        Assert.Equal("out\n", shell.Output);
        Assert.StartsWith("Get-Content: ", shell.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", shell.Error, StringComparison.Ordinal);
    }
}

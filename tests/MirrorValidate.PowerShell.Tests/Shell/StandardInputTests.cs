namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class StandardInputTests
{
    [Fact]
    public async Task Lines_are_the_input_of_a_command()
    {
        ShellOutput shell = await ShellProcess.RunAsync("one\r\ntwo\n\nlast", ["-c", "$input | ForEach-Object { \"[$_]\" }"]);
        Assert.Equal(new ShellOutput(0, "[one]\n[two]\n[]\n[last]\n", ""), shell);
    }

    [Fact]
    public async Task Lines_are_worked_on_while_more_are_coming()
    {
        await using ShellProcess shell = ShellProcess.Start("-c", "$input | ForEach-Object { \"got $_\" }");
        foreach (string line in (string[])["first", "second"])
        {
            await shell.Input.WriteLineAsync(line);
            await shell.Input.FlushAsync();
            Assert.Equal("got " + line, await shell.ReadLineAsync());
        }

        shell.Input.Close();
        Assert.Equal(0, (await shell.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_command_that_takes_no_input_does_not_wait_for_it()
    {
        await using ShellProcess shell = ShellProcess.Start("-c", "'done'");
        Assert.Equal(new ShellOutput(0, "done\n", ""), await shell.EndAsync());
    }

    [Fact]
    public async Task Many_lines_all_arrive()
    {
        string input = string.Join('\n', Enumerable.Range(1, 20_000)) + "\n";
        ShellOutput shell = await ShellProcess.RunAsync(input, ["-c", "$n = 0; $input | ForEach-Object { $n++ }; $n"]);
        Assert.Equal(new ShellOutput(0, "20000\n", ""), shell);
    }

    [Theory]
    [InlineData()]
    [InlineData("-Command", "-")]
    public async Task Without_a_command_it_is_the_script(params string[] arguments)
    {
        ShellOutput shell = await ShellProcess.RunAsync("function f {\n  'from a function'\n}\nf\nexit 4\n", arguments);
        Assert.Equal(new ShellOutput(4, "from a function\n", ""), shell);
    }

    [Fact]
    public async Task Prompts_are_answered_from_it()
    {
        ShellOutput shell = await ShellProcess.RunAsync(
            "Ada\nsecret\nn\n",
            [
                "-c",
                """
                $name = Read-Host name
                $password = Read-Host password -AsSecureString
                $choice = $Host.UI.PromptForChoice('Sure?', '', @('&Yes', '&No'), 0)
                "$name $($password.Length) $choice"
                """,
            ]);
        Assert.Equal(0, shell.ExitCode);
        Assert.EndsWith("Ada 6 1\n", shell.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$Host.UI.PromptForChoice('Sure?', '', @('&Yes', '&No'), -1)", "ended")]
    [InlineData("Read-Host name -AsSecureString", "ended")]
    [InlineData("$null = $input; Read-Host name", "already read")]
    public async Task A_prompt_that_nobody_can_answer_is_an_error_and_no_hang(string command, string expected)
    {
        ShellOutput shell = await ShellProcess.RunAsync("", ["-c", "$ErrorActionPreference = 'Stop'; " + command]);
        Assert.Equal(1, shell.ExitCode);
        Assert.Contains(expected, shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NonInteractive_refuses_to_ask_although_an_answer_is_there()
    {
        ShellOutput shell = await ShellProcess.RunAsync("answer\n", ["-NonInteractive", "-c", "Read-Host name"]);
        Assert.Equal(1, shell.ExitCode);
        Assert.Contains("NonInteractive", shell.Error, StringComparison.Ordinal);
    }
}

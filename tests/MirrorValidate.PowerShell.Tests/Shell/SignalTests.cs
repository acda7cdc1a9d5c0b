using System.Diagnostics;

namespace MirrorValidate.PowerShell.Tests.Shell;

public sealed class SignalTests
{
    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_the_pipeline_and_lets_it_clean_up(string signal, int expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send to another process.");
        await using ShellProcess shell = ShellProcess.Start(
            "-c", "try { 'started'; while ($true) { } } finally { [Console]::Out.WriteLine('cleaned up') }");
        Assert.Equal("started", await shell.ReadLineAsync());
        await SendAsync(signal, shell);
        ShellOutput end = await shell.EndAsync();
        Assert.Equal(new ShellOutput(expected, "cleaned up\n", ""), end);
    }

    [SkippableFact]
    public async Task A_second_one_ends_the_process_at_once()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send to another process.");
        await using ShellProcess shell = ShellProcess.Start(
            "-c",
            "try { 'started'; while ($true) { } } finally { [Console]::Out.WriteLine('cleaning up'); [Threading.Thread]::Sleep(-1) }");
        Assert.Equal("started", await shell.ReadLineAsync());
        await SendAsync("INT", shell);
        Assert.Equal("cleaning up", await shell.ReadLineAsync());
        await SendAsync("INT", shell);
        Assert.Equal(130, (await shell.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task A_prompt_that_waits_is_ended()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send to another process.");
        await using ShellProcess shell = ShellProcess.Start("-c", "'started'; Read-Host");
        Assert.Equal("started", await shell.ReadLineAsync());
        await SendAsync("INT", shell);
        Assert.Equal(130, (await shell.EndAsync()).ExitCode);
    }

    private static async Task SendAsync(string signal, ShellProcess shell)
    {
        using Process kill = Process.Start("kill", ["-" + signal, $"{shell.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}

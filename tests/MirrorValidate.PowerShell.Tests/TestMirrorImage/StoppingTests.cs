using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>A run ends at once, whoever ends it, and leaves no request in flight.</summary>
public sealed class StoppingTests : ModuleTest
{
    [Fact]
    public async Task A_downstream_command_that_has_enough_ends_it()
    {
        string list = Shell.WriteFile("list.txt", WithHangingTail());
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {list} -j 5 | Select-Object -First 1");
        Assert.Equal("Passed", outcome.Text("Status"));
        Assert.Null(outcome.Terminating);
        await NoRequestIsLeftAsync();
        Assert.True(Registries.Source.Requests.Count < 20, "the whole list was asked for");
        Assert.False(File.Exists(Shell.FilePath("mirror-validate-failed.txt")));
    }

    [Fact]
    public async Task A_downstream_command_that_has_enough_ends_a_run_over_piped_lines()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -j 5 | Select-Object -First 1", WithHangingTail());
        Assert.Equal("Passed", outcome.Text("Status"));
        await NoRequestIsLeftAsync();
    }

    [Fact]
    public async Task A_downstream_command_that_throws_ends_it()
    {
        string list = Shell.WriteFile("list.txt", WithHangingTail());
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {list} -j 5 | ForEach-Object {{ throw 'enough' }}");
        Assert.Equal("enough", outcome.Terminating?.Message);
        await NoRequestIsLeftAsync();
    }

    [Fact]
    public async Task The_first_error_ends_it_with_ErrorAction_Stop()
    {
        Shell.WriteFile("mirror-validate-failed.txt", "old");
        string unknown = Unknown();
        string list = Shell.WriteFile("list.txt", [unknown, .. WithHangingTail()]);
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {list} -j 5 -ErrorAction Stop");
        Assert.IsType<System.Management.Automation.ActionPreferenceStopException>(outcome.Terminating);
        await NoRequestIsLeftAsync();
        Assert.Equal(["old"], File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt")));
        Assert.Equal([unknown], File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt.partial")));
    }

    [Theory]
    [InlineData("-j 1")]
    [InlineData("-j 5")]
    [InlineData("-j 5 -PreserveOrder")]
    [InlineData("-j 5 -Quiet -Verbose -Debug")]
    public async Task Ctrl_C_ends_it_while_requests_hang(string arguments)
    {
        string list = Shell.WriteFile("list.txt", WithHangingTail());
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list} {arguments}");
        await Patience.UntilAsync(() => HangingRequests() > 0, "a request that hangs");
        await script.StopAsync();
        await NoRequestIsLeftAsync();
        Assert.Empty(script.Errors);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_while_it_waits_to_try_again()
    {
        string list = Shell.WriteFile("list.txt", Right());
        Fault fault = Registries.Source.Faults.Add(new Fault { Status = 429, Headers = { ["Retry-After"] = "300" } });
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list}");
        await Patience.UntilAsync(
            () => fault.Hits > 0 && Registries.Source.Requests.Concurrency == 0, "the answer to wait");
        await script.StopAsync();
        Assert.Equal(1, fault.Hits);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_while_it_waits_for_input()
    {
        using RunningScript command = Shell.StartCommand("Test-MirrorImage", new Dictionary<string, object> { ["ThrottleLimit"] = 3 });
        command.Send(Right());
        await Patience.UntilAsync(() => Registries.Destination.Requests.Count > 0, "a request");
        await command.StopAsync();
        await NoRequestIsLeftAsync();
    }

    [Fact]
    public async Task Ctrl_C_ends_a_look_up()
    {
        Right("x");
        Registries.Source.Faults.Add(new Fault { HangForever = true });
        using RunningScript script = Shell.Start($"Get-ManifestList {Registries.Source.Host}/library/x:v1");
        await Patience.UntilAsync(() => Registries.Source.Requests.Concurrency > 0, "a request that hangs");
        await script.StopAsync();
        await NoRequestIsLeftAsync();
    }

    private string[] WithHangingTail()
    {
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        return [Right("fast"), .. Enumerable.Repeat(Right("hanging"), 500)];
    }

    private int HangingRequests() =>
        Registries.Source.Requests.Where(request => request.Path.Contains("hanging", StringComparison.Ordinal)).Count;

    private Task NoRequestIsLeftAsync() => Patience.UntilAsync(
        () => Registries.Source.Requests.Concurrency == 0 && Registries.Destination.Requests.Concurrency == 0, "all requests to end");
}

using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>How results leave: one Boolean, in which order, when.</summary>
public sealed class OutputTests : ModuleTest
{
    [Fact]
    public void Results_come_in_list_order_where_that_is_wanted()
    {
        string[] lines = [.. Enumerable.Range(1, 12).Select(number => Right($"image{number}"))];
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/image1/*", Delay = TimeSpan.FromSeconds(2) });
        Outcome ordered = Shell.Run("Test-MirrorImage -j 4 -PreserveOrder", lines);
        Assert.Equal(Enumerable.Range(1, 12), ordered.Output.Select(result => (int)result.Value("Id")!));
        Outcome unordered = Shell.Run("Test-MirrorImage -j 4", lines);
        Assert.NotEqual(1, unordered.Output[0].Value("Id"));
    }

    [Fact]
    public async Task What_waits_for_its_turn_is_bounded()
    {
        const int Throttle = 2;
        const int Window = (16 * Throttle) + 1;
        Fault fault = Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        string list = Shell.WriteFile("list.txt", [Right("hanging"), .. Enumerable.Range(0, 200).Select(number => Right($"fast{number}"))]);
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list} -j {Throttle} -PreserveOrder -Comparison Digest");
        await Patience.UntilAsync(
            () => StartedImages() == Window && Registries.Source.Requests.Concurrency == 1, "the window to fill");
        Assert.Empty(script.Output);
        Registries.Source.Faults.Remove(fault);
        await script.StopAsync();
        Assert.Equal(Window, StartedImages());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Results_leave_before_the_input_ends(int throttle)
    {
        using RunningScript command = Shell.StartCommand("Test-MirrorImage", new Dictionary<string, object> { ["ThrottleLimit"] = throttle });
        for (int number = 1; number <= throttle; number++) command.Send(Right($"image{number}"));
        await Patience.UntilAsync(() => command.Output.Count > 0, "the first result");
        command.EndInput();
        await command.EndAsync();
        Assert.Equal(throttle, command.Output.Count);
    }

    private int StartedImages() =>
        Registries.Source.Requests.Where(request => request.Method == "GET" && request.Path.EndsWith("/manifests/v1", StringComparison.Ordinal)).Count;
}

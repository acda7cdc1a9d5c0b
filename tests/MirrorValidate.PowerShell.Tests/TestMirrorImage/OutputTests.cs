using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>How results leave: one Boolean, in which order, when.</summary>
public sealed class OutputTests : ModuleTest
{
    [Theory]
    [InlineData(true, "right", "right")]
    [InlineData(false, "right", "stale")]
    [InlineData(false, "unknown", "right")]
    [InlineData(false)]
    public void Quiet_gives_one_Boolean(bool expected, params string[] kinds)
    {
        string[] lines = [.. kinds.Select((kind, index) => kind switch
        {
            "right" => Right($"right{index}"),
            "stale" => Stale($"stale{index}"),
            _ => Unknown($"unknown{index}"),
        })];
        Outcome outcome = Shell.Run($"Test-MirrorImage -Quiet -f {Shell.WriteFile("list.txt", lines)}");
        Assert.Equal(expected, Assert.IsType<bool>(outcome.Only.BaseObject));
        Assert.Equal(kinds.Count(kind => kind == "unknown"), outcome.Errors.Count);
        Assert.Equal(kinds.Length > 0 && !expected, File.Exists(Shell.FilePath("mirror-validate-failed.txt")));
    }

    [Fact]
    public void Quiet_is_false_where_a_list_could_not_be_read()
    {
        Shell.WriteFile("list.txt", Right());
        Assert.Equal(false, Shell.Run("Test-MirrorImage -Quiet -f list.txt,missing.txt").Only.BaseObject);
    }

    [Fact]
    public void Results_come_in_list_order_where_that_is_wanted()
    {
        string[] lines = [.. Enumerable.Range(1, 12).Select(number => Right($"image{number}"))];
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/image1/*", Delay = TimeSpan.FromMilliseconds(300) });
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
        await Eventually.HoldsAsync(() => StartedImages() == Window && Registries.Source.Requests.Concurrency == 1, "the window to fill");
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
        await Eventually.HoldsAsync(() => command.Output.Count > 0, "the first result");
        command.EndInput();
        await command.EndAsync();
        Assert.Equal(throttle, command.Output.Count);
    }

    private int StartedImages() =>
        Registries.Source.Requests.Where(request => request.Method == "GET" && request.Path.EndsWith("/manifests/v1", StringComparison.Ordinal)).Count;
}

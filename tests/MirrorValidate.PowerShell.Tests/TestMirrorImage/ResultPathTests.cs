using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

public sealed class ResultPathTests : ModuleTest
{
    [Fact]
    public async Task A_result_is_on_disk_while_the_pipeline_is_busy_with_another()
    {
        string list = Shell.WriteFile("list.txt", Right("a"), Right("b"));
        var bothStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Fault held = Registries.Source.Faults.Add(new Fault { Path = "/v2/*", Until = bothStarted.Task });
        // Whoever takes the first result goes on only when the second is in the file.
        Task<Outcome> run = Task.Run(() => Shell.Run(
            $$"""
            Test-MirrorImage -f {{list}} -j 2 -NoFailedList -ResultPath results.jsonl | ForEach-Object {
                while (@(Get-Content results.jsonl).Count -lt 2) { Start-Sleep -Milliseconds 10 }
                $_
            }
            """));
        await Patience.UntilAsync(() => held.Hits >= 2, "both images");
        bothStarted.SetResult();
        Assert.Equal(2, (await run.WaitAsync(TimeSpan.FromMinutes(1))).Output.Count);
    }
}

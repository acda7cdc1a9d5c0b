using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>Lists are streamed: memory does not grow with them.</summary>
public sealed class LargeListTests : ModuleTest
{
    private const int Lines = 100_000;

    [Theory]
    [InlineData("-PreserveOrder")]
    [InlineData("")]
    public void A_hundred_thousand_lines_are_streamed_with_flat_memory(string arguments)
    {
        string right = Right();
        File.WriteAllLines(Shell.FilePath("list.txt"), Enumerable.Range(1, Lines).Select(number => number % 5000 == 0 ? right : "unreadable"));
        Outcome outcome = Shell.Run($$"""
            Test-MirrorImage -f list.txt -j 20 {{arguments}} -ErrorAction Ignore | ForEach-Object {
                $passed = 0; $errors = 0; $early = 0; $count = 0
            } {
                if ($_.Status -eq 'Passed') { ++$passed } else { ++$errors }
                if (++$count -eq 5000) { $early = [GC]::GetTotalMemory($true) }
            } {
                $passed; $errors; [GC]::GetTotalMemory($true) - $early
            }
            """);
        Assert.Null(outcome.Terminating);
        int[] numbers = [.. outcome.Output.Select(item => Convert.ToInt32(item.BaseObject, null))];
        Assert.Equal((Lines / 5000, Lines - (Lines / 5000)), (numbers[0], numbers[1]));
        // What the failed list keeps of an entry is 24 bytes; other tests run beside this one.
        Assert.InRange(numbers[2], int.MinValue, 40 * 1024 * 1024);
        Assert.Equal(Lines - (Lines / 5000), File.ReadLines(Shell.FilePath("mirror-validate-failed.txt")).Count());
    }

    [Fact]
    public async Task The_first_result_does_not_wait_for_the_list_to_be_read()
    {
        File.WriteAllLines(Shell.FilePath("list.txt"), Enumerable.Repeat(Right(), Lines));
        Outcome outcome = Shell.Run("Test-MirrorImage -f list.txt -j 20 | Select-Object -First 1");
        Assert.Equal("Passed", outcome.Text("Status"));
        await Patience.UntilAsync(() => Registries.Source.Requests.Concurrency == 0, "all requests to end");
        Assert.True(Registries.Source.Requests.Count < 1000, "the whole list was asked for");
    }
}

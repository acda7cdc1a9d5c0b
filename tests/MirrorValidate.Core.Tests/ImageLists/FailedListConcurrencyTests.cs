using System.Collections.Concurrent;
using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class FailedListConcurrencyTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Two_runs_at_once_write_two_files()
    {
        using FailedList one = FailedList.Create(_file.Path);
        using FailedList other = FailedList.Create(_file.Path);
        Assert.Equal("list.2.txt", Path.GetFileName(other.Path));
        one.Add(1, "one");
        other.Add(1, "other");
        other.Complete(wasInput: false);
        one.Complete(wasInput: false);
        Assert.Equal("one\n", File.ReadAllText(_file.Path));
        Assert.Equal("other\n", File.ReadAllText(other.Path));
        Assert.Equal(["list.2.txt", "list.txt"], _file.Names);
    }

    [Fact]
    public void The_place_is_free_again_when_a_run_has_ended_or_given_up()
    {
        using (FailedList one = FailedList.Create(_file.Path))
        {
            one.Add(1, "one");
            one.Complete(wasInput: false);
            using FailedList other = FailedList.Create(_file.Path);
            Assert.Equal(_file.Path, other.Path);
            other.Add(1, "other");
        }

        using FailedList third = FailedList.Create(_file.Path);
        Assert.Equal(_file.Path, third.Path);
    }

    // Runs that start in the same moment, some in place of a killed one. What counts is that each finds its own list at its end.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Runs_that_start_in_the_same_moment_take_nothing_from_each_other(bool afterAKilledRun)
    {
        const int runs = 4;
        for (int round = 0; round < 40; round++)
        {
            string path = _file.Path + round;
            if (afterAKilledRun) File.WriteAllText(path + ".partial", "stale");
            var lists = new ConcurrentBag<FailedList>();
            using var start = new Barrier(runs);
            IEnumerable<Task> tasks = Enumerable.Range(0, runs).Select(run => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    FailedList list = FailedList.Create(path);
                    list.Add(run, $"run {run}");
                    lists.Add(list);
                },
                TaskCreationOptions.LongRunning));
            await Task.WhenAll(tasks);
            foreach (FailedList list in lists) list.Complete(wasInput: false);
            Assert.Equal(runs, lists.Select(list => list.Path).Distinct().Count());
            Assert.Equal(Enumerable.Range(0, runs).Select(run => $"run {run}\n"), lists.Select(list => File.ReadAllText(list.Path)).Order());
            string?[] setAside = [.. lists.Select(list => list.SetAside).Where(aside => aside is not null)];
            Assert.Equal(afterAKilledRun ? [path + ".partial.old"] : [], setAside);
            if (afterAKilledRun) Assert.Equal("stale", File.ReadAllText(setAside[0]!));
        }

        Assert.DoesNotContain(_file.Names, name => name.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_that_end_while_others_start_take_nothing_from_each_other()
    {
        int[] counts = new int[2];
        Parallel.For(0, 2, run =>
        {
            for (int round = 0; round < 60; round++)
            {
                using FailedList list = FailedList.Create(_file.Path);
                list.Add(2, $"run {run} b");
                if (round % 2 == 0) list.Add(1, $"run {run} a");
                list.Complete(wasInput: round % 3 == 0);
                counts[run]++;
            }
        });
        Assert.Equal([60, 60], counts);
        Assert.DoesNotContain(_file.Names, name => name.Contains("partial", StringComparison.Ordinal));
    }
}

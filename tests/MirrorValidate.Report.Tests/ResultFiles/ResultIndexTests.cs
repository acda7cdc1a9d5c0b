using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.ResultFiles;

public sealed class ResultIndexTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("result-index-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_last_line_of_each_entry_counts_in_the_order_of_the_file()
    {
        string file = Write(
            "a", SampleResults.Passed(1), SampleResults.Error(2), SampleResults.Passed(3), SampleResults.Passed(2));
        Assert.Equal(["1 Passed", "3 Passed", "2 Passed"], Last(file));
    }

    [Fact]
    public void A_later_line_counts_even_where_a_clock_was_set_back()
    {
        string file = Write("a", At(SampleResults.Passed(1), hour: 9), At(SampleResults.Failed(1), hour: 8));
        Assert.Equal(["1 Failed"], Last(file));
    }

    [Fact]
    public void Of_two_files_the_later_result_counts_in_whatever_order_they_are_read()
    {
        string earlier = Write("a", At(SampleResults.Failed(1), hour: 8), At(SampleResults.Passed(2), hour: 9));
        string later = Write("b", At(SampleResults.Passed(1), hour: 9), At(SampleResults.Failed(2), hour: 8));
        Assert.Equal(["1 Passed", "2 Passed"], Last(earlier, later).Order(StringComparer.Ordinal));
        Assert.Equal(["1 Passed", "2 Passed"], Last(later, earlier).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_of_any_length_are_read_at_their_places()
    {
        MirrorImageResult[] results = [.. Enumerable.Range(1, 40).Select(id => SampleResults.With(
            SampleResults.Failed(id), "message", new string('x', id * id * 700)))];
        string file = Write("a", [.. results, .. results.Where(result => result.Id % 3 == 0)]);
        var index = new ResultIndex();
        index.Add(file, CancellationToken.None);
        MirrorImageResult[] read = [.. index.ReadLast()];
        Assert.Equal(
            [.. results.Where(result => result.Id % 3 != 0), .. results.Where(result => result.Id % 3 == 0)],
            read, (one, other) => one.Id == other.Id && one.Message == other.Message);
    }

    [Fact]
    public void A_torn_last_line_is_left_out_and_told()
    {
        string file = Write("a", SampleResults.Passed(1), SampleResults.Passed(2));
        using (FileStream stream = File.OpenWrite(file)) stream.SetLength(stream.Length - 10);
        var index = new ResultIndex();
        Assert.True(index.Add(file, CancellationToken.None));
        Assert.Equal([1], index.ReadLast().Select(result => result.Id));
    }

    [Theory]
    [InlineData("1/3 2/3 3/3", "")]
    [InlineData("- -", "")]
    [InlineData("1/3 3/3", "shard 2/3 is missing")]
    [InlineData("2/4", "shards 1/4, 3/4, 4/4 are missing")]
    [InlineData("1/3 2/3 3/3 2/3", "shard 2/3 is in several files")]
    [InlineData("1/3 2/4", "the shards are of different splits: of 3, of 4")]
    [InlineData("1/3 3/3 empty", "")]
    [InlineData("1/2 empty", "")]
    [InlineData("1/4 empty", "shards 2/4, 3/4, 4/4 are missing")]
    [InlineData("1/2+2/2", "")]
    public void Shards_are_whole_or_the_problem_is_said(string files, string problem)
    {
        var index = new ResultIndex();
        int id = 0;
        foreach ((int number, string shards) in files.Split(' ').Index())
        {
            MirrorImageResult[] results = shards == "empty"
                ? []
                :
                [
                    .. shards.Split('+').Select(
                        shard => SampleResults.With(SampleResults.Passed(++id), "shard", shard.Trim('-'))),
                ];
            index.Add(Write($"{number}", results), CancellationToken.None);
        }

        string[] problems = [.. index.Shards.FindProblems()];
        if (problem.Length == 0) Assert.Empty(problems);
        else Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static string[] Last(params string[] files)
    {
        var index = new ResultIndex();
        foreach (string file in files) Assert.False(index.Add(file, CancellationToken.None));
        return [.. index.ReadLast().Select(result => $"{result.Id} {result.Status}")];
    }

    private string Write(string name, params MirrorImageResult[] results)
    {
        string path = Path.Combine(_folder, name + ".jsonl");
        using ResultFile file = ResultFile.Open(path, ResultFileOpening.New);
        foreach (MirrorImageResult result in results) file.Add(result);
        file.Complete([]);
        return path;
    }

    private static MirrorImageResult At(MirrorImageResult result, int hour) =>
        SampleResults.With(result, "time", new DateTimeOffset(2026, 3, 1, hour, 0, 0, TimeSpan.Zero));
}

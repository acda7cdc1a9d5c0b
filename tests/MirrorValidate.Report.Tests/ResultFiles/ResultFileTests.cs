using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MirrorValidate.ImageLists;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports.Results;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.ResultFiles;

/// <summary>What is in a result file after a run, after power loss, and after somebody else wrote it.</summary>
public sealed class ResultFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("result-file-").FullName;

    private string FilePath => Path.Combine(_folder, "results.jsonl");

    private string MarkPath => FilePath + ".unfinished";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_result_is_a_line_on_disk_when_it_was_added()
    {
        using ResultFile file = ResultFile.Open(FilePath, ResultFileOpening.New);
        for (int id = 1; id <= 3; id++)
        {
            file.Add(SampleResults.Passed(id));
            string[] lines = ReadShared().Split('\n');
            Assert.Equal(id + 1, lines.Length);
            Assert.Equal(id, JsonDocument.Parse(lines[id - 1]).RootElement.GetProperty("id").GetInt32());
        }
    }

    [Fact]
    public void A_result_is_read_back_as_it_was()
    {
        MirrorImageResult[] results =
        [
            SampleResults.Passed(1),
            SampleResults.Failed(2),
            SampleResults.Unreadable(3, "a b c d"),
            SampleResults.HostileFailure(4),
        ];
        Write(results);
        Assert.Equal(results.Select(Json), ResultIndex.ReadAll(FilePath).Select(Json));
    }

    [Fact]
    public void Wherever_the_last_line_is_torn_the_next_run_goes_on_after_the_line_before()
    {
        Write(SampleResults.Passed(1), SampleResults.Passed(2));
        byte[] whole = File.ReadAllBytes(FilePath);
        int first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            using (ResultFile file = ResultFile.Open(FilePath, ResultFileOpening.Append))
                file.Add(SampleResults.Passed(3));
            // Where only the line end is missing, nothing is.
            int[] kept = length >= whole.Length - 1 ? [1, 2] : length >= first - 1 ? [1] : [];
            Assert.Equal([.. kept, 3], ResultIndex.ReadAll(FilePath).Select(result => result.Id));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_file_that_grew_and_lost_its_content_is_mended(int results)
    {
        Write([.. Enumerable.Range(1, results).Select(id => SampleResults.Passed(id))]);
        using (FileStream file = File.OpenWrite(FilePath))
            file.SetLength(file.Length + 4096);
        using (ResultFile file = ResultFile.Open(FilePath, ResultFileOpening.Append))
        {
            Assert.Equal(4096, file.RemovedBytes);
            file.Add(SampleResults.Passed(9));
        }

        Assert.Equal([.. Enumerable.Range(1, results), 9], ResultIndex.ReadAll(FilePath).Select(result => result.Id));
    }

    [Theory]
    [InlineData("docker.io/library/nginx mirror/nginx 1.27\n")]
    [InlineData("a note without line end")]
    [InlineData("[]\n")]
    [InlineData("{}\n")]
    [InlineData("{\"status\":\"Perhaps\"}\n")]
    [InlineData("{\"status\":\"Passed\",\"reason\"\n")]
    [InlineData("{\"status\":7}\n")]
    [InlineData("{\"id\":1,\"status\":\"Passed\"} {}\n")]
    public void Another_file_is_refused_and_left_as_it_is(string content)
    {
        File.WriteAllText(FilePath, content);
        foreach (ResultFileOpening opening in new[] { ResultFileOpening.Append, ResultFileOpening.Replace })
        {
            ResultFileException error =
                Assert.Throws<ResultFileException>(() => ResultFile.Open(FilePath, opening));
            Assert.Equal(ResultFileProblem.NoResults, error.Problem);
            Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(FilePath));
            Assert.False(File.Exists(MarkPath));
        }
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_named_and_nothing_is_changed()
    {
        Write(SampleResults.Passed(1), SampleResults.Passed(2), SampleResults.Passed(3));
        string content = File.ReadAllText(FilePath).Replace("\"id\":2", "\"id\"2", StringComparison.Ordinal);
        File.WriteAllText(FilePath, content);
        ResultFileException error =
            Assert.Throws<ResultFileException>(() => ResultFile.Open(FilePath, ResultFileOpening.Append));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    [Fact]
    public void An_existing_file_is_neither_added_to_nor_replaced_unasked()
    {
        Write(SampleResults.Passed(1));
        byte[] content = File.ReadAllBytes(FilePath);
        ResultFileException error =
            Assert.Throws<ResultFileException>(() => ResultFile.Open(FilePath, ResultFileOpening.New));
        Assert.Equal(ResultFileProblem.Exists, error.Problem);
        Assert.Equal(content, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Replace_begins_a_file_of_results_anew()
    {
        Write(SampleResults.Passed(1), SampleResults.Passed(2));
        using (ResultFile file = ResultFile.Open(FilePath, ResultFileOpening.Replace))
            file.Add(SampleResults.Passed(3));
        Assert.Equal([3], ResultIndex.ReadAll(FilePath).Select(result => result.Id));
    }

    [Theory]
    [InlineData(ResultFileOpening.Append)]
    [InlineData(ResultFileOpening.Replace)]
    public void A_second_writer_is_refused_until_the_first_is_gone(object opening)
    {
        using (ResultFile first = ResultFile.Open(FilePath, ResultFileOpening.New))
        {
            first.Add(SampleResults.Passed(1));
            ResultFileException error =
                Assert.Throws<ResultFileException>(() => ResultFile.Open(FilePath, (ResultFileOpening)opening));
            Assert.Equal(ResultFileProblem.InUse, error.Problem);
            first.Add(SampleResults.Passed(2));
        }

        using ResultFile second = ResultFile.Open(FilePath, (ResultFileOpening)opening);
        second.Add(SampleResults.Passed(3));
    }

    [Fact]
    public async Task Of_many_that_open_it_at_once_one_gets_it()
    {
        for (int round = 0; round < 20; round++)
        {
            using var start = new ManualResetEventSlim();
            Task<ResultFile?>[] openings = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            {
                start.Wait();
                try
                {
                    return ResultFile.Open(FilePath, ResultFileOpening.Append);
                }
                catch (ResultFileException e) when (e.Problem == ResultFileProblem.InUse)
                {
                    return null;
                }
            }))];
            start.Set();
            ResultFile?[] opened = await Task.WhenAll(openings);
            ResultFile winner = Assert.Single(opened.OfType<ResultFile>());
            winner.Complete([]);
            winner.Dispose();
        }
    }

    [Fact]
    public void The_mark_tells_how_a_run_ended()
    {
        ResultFile file = ResultFile.Open(FilePath, ResultFileOpening.New);
        Assert.Equal("its run goes on", ResultFileMark.Read(FilePath));
        file.Dispose();
        Assert.Equal("its run was ended before all entries were validated", ResultFileMark.Read(FilePath));

        using (file = ResultFile.Open(FilePath, ResultFileOpening.Append))
            file.Complete(["cannot read a.txt", "nor b.txt"]);
        Assert.Equal("its run has not read every list: cannot read a.txt; nor b.txt", ResultFileMark.Read(FilePath));

        using (file = ResultFile.Open(FilePath, ResultFileOpening.Append)) file.Complete([]);
        Assert.Null(ResultFileMark.Read(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_refused_opening_leaves_the_mark_of_the_run_before()
    {
        File.WriteAllText(FilePath, "no results\n");
        File.WriteAllText(MarkPath, "");
        Assert.Throws<ResultFileException>(() => ResultFile.Open(FilePath, ResultFileOpening.Append));
        Assert.True(File.Exists(MarkPath));
    }

    [Fact]
    public void An_entry_that_passed_lately_with_the_same_settings_is_not_validated_again()
    {
        MirrorImageResult passed = Fresh();
        Assert.True(IsPassed(passed));
        Assert.False(IsPassed(SampleResults.With(passed, "status", "Failed")));
        Assert.False(IsPassed(SampleResults.With(passed, "status", "Error")));
        Assert.False(IsPassed(SampleResults.With(passed, "line", passed.Line + " ")));
        Assert.False(IsPassed(SampleResults.With(passed, "source", "quay.io/team/app")));
        Assert.False(IsPassed(SampleResults.With(passed, "destination", "other.example.com/team/app")));
        Assert.False(IsPassed(SampleResults.With(passed, "tag", "v2")));
        Assert.False(IsPassed(SampleResults.With(passed, "platform", "linux/amd64")));
        Assert.False(IsPassed(SampleResults.With(passed, "settings", SettingsWith("depth", "Blob"))));
        Assert.False(IsPassed(SampleResults.With(passed, "settings", SettingsWith("version", "0.0.9"))));
        Assert.False(IsPassed(SampleResults.With(passed, "settings", SettingsWith("includeReferrer", true))));
        Assert.False(IsPassed(SampleResults.With(passed, "time", DateTimeOffset.Now.AddHours(-25))));
        Assert.False(IsPassed(SampleResults.With(passed, "time", DateTimeOffset.Now.AddHours(1))));
        Assert.False(IsPassed(SampleResults.With(passed, "time", null)));
    }

    [Fact]
    public void The_last_result_of_an_entry_counts()
    {
        MirrorImageResult passed = Fresh();
        MirrorImageResult failed = SampleResults.With(passed, "status", "Failed");
        Assert.False(IsPassed(passed, failed));
        Assert.True(IsPassed(failed, passed));
    }

    [Fact]
    public void Settings_that_another_program_has_written_differently_are_the_same()
    {
        Write(Fresh());
        File.WriteAllText(
            FilePath, File.ReadAllText(FilePath).TrimEnd().Replace(",\"", ", \"", StringComparison.Ordinal) + "\r\n");
        Assert.True(IsPassed());
    }

    // The first sample, with what a run of now says.
    private static MirrorImageResult Fresh() => SampleResults.With(
        SampleResults.With(SampleResults.Passed(1, "team/app"), "time", DateTimeOffset.Now.AddHours(-1)),
        "settings",
        Settings());

    private static JsonNode Settings() =>
        JsonNode.Parse(ResultWriter.ToBytes(ValidationSettings.Of(new ValidationOptions())))!;

    private static JsonNode SettingsWith(string name, JsonNode value)
    {
        JsonNode settings = Settings();
        settings[name] = value;
        return settings;
    }

    // Whether the first sample need not be validated again, after these results.
    private bool IsPassed(params MirrorImageResult[] results)
    {
        if (results.Length > 0)
        {
            File.Delete(FilePath);
            Write(results);
        }

        var passed = new PassedEntries(new ValidationOptions(), TimeSpan.FromHours(24));
        using (ResultFile.Open(FilePath, ResultFileOpening.Append, passed))
        {
        }

        var line = new ImageListLine(SampleResults.Passed(1, "team/app").Line, 1, Path: null);
        return passed.Contains(ImageListEntry.Read(1, line));
    }

    private void Write(params MirrorImageResult[] results)
    {
        using ResultFile file = ResultFile.Open(FilePath, ResultFileOpening.New);
        foreach (MirrorImageResult result in results) file.Add(result);
        file.Complete([]);
    }

    private static string Json(MirrorImageResult result)
    {
        using var writer = new ResultWriter();
        return Encoding.UTF8.GetString(writer.Write(result));
    }

    private string ReadShared()
    {
        using var stream = new FileStream(
            FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What a result carries, and what the log says of it.</summary>
public sealed class ResultTests
{
    [Fact]
    public async Task A_result_says_what_was_compared_with_what()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        string line = pair.Line + "  # nightly";
        MirrorImageResult result = await pair.ValidateAsync(line: line);
        Assert.Equal((7, line, 3, "list.txt"), (result.Id, result.Line, result.LineNumber, result.Path));
        Assert.Equal(($"{pair.Source.Host}/library/app", $"{pair.Destination.Host}/mirror/app", "v1"), (result.Source, result.Destination, result.Tag));
        Assert.Equal((list.MediaType, list.MediaType), (result.SourceMediaType, result.DestinationMediaType));
        Assert.Equal(["linux/amd64", "linux/arm64/v8"], result.SourceSpec.Select(spec => spec.Platform!.ToString()));
        Assert.Equal(result.SourceSpec, result.DestinationSpec);
        Assert.True(result.Duration > TimeSpan.Zero);
        Assert.Empty(result.Differences);
        Assert.Equal($"Passed: {result.Source} == {result.Destination}, tag v1", result.ToString());
    }

    [Fact]
    public async Task A_result_of_a_line_that_cannot_be_read_has_the_line()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync();
        MirrorImageResult result = await pair.ValidateAsync(line: "\u001b[2J one");
        ResultAssert.Error(ValidationReason.InvalidLine, "list.txt, line 3: ", result);
        Assert.Equal(("", "", "", "\u001b[2J one"), (result.Source, result.Destination, result.Tag, result.Line));
        Assert.Equal(("", "", ""), (result.Platform, result.SourceDigest, result.DestinationDigest));
        Assert.Equal(("", ""), (result.SourceMediaType, result.DestinationMediaType));
        Assert.Empty(result.SourceSpec);
        Assert.Empty(result.DestinationSpec);
        Assert.Equal($"Error: [2J one: {result.Message}", result.ToString().Replace("Error:  ", "Error: ", StringComparison.Ordinal));
        Assert.IsType<ImageListException>(result.Exception);
    }

    [Fact]
    public async Task A_result_that_failed_says_of_what_and_why()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.DockerList("s"), SampleImages.DockerList("other"));
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal($"Failed: {result.Source} {result.Destination} v1: {result.Message}", result.ToString());
    }

    [Fact]
    public void What_a_result_does_not_say_is_empty()
    {
        var result = new MirrorImageResult
        {
            Id = 1,
            Status = "Error",
            Reason = "InvalidLine",
            Message = "",
            Line = "",
            LineNumber = 1,
        };

        Assert.Equal(("", "", "", ""), (result.Source, result.Destination, result.Tag, result.Platform));
        Assert.Equal(("", ""), (result.SourceDigest, result.DestinationDigest));
        Assert.Equal(("", ""), (result.SourceMediaType, result.DestinationMediaType));
        Assert.Equal("", result.Path);
    }

    [Fact]
    public async Task A_difference_of_the_whole_image_names_no_platform()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        await using MirrorPair pair = await MirrorPair.StartAsync(list, null);

        MirrorImageResult result = await pair.ValidateAsync();

        Assert.Equal($"ImageMissing: {list.Digest} -> -", result.Differences.ToString());
    }

    [Fact]
    public async Task A_signature_that_a_list_repeats_is_not_in_the_specs()
    {
        const string signature = "fedcba9876543210";
        var platform = ImagePlatform.Parse($"linux/amd64:{signature}");
        BuiltManifest list =
            new IndexBuilder().Add(new IndexEntry(SampleImages.Image("s")) { Platform = platform }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        pair.Destination.Faults.Add(new Fault
        {
            Path = MirrorPair.ManifestPath(RegistrySide.Destination),
            Predicate = context => !context.Request.QueryString.HasValue,
            RedirectTo = $"{{path}}?signature={signature}",
        });

        MirrorImageResult result = await pair.ValidateAsync();

        string version = Assert.Single(result.DestinationSpec).Platform!.OSVersion;
        Assert.NotEmpty(version);
        Assert.DoesNotContain(signature, version, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_who_cancels_a_run_ends_it(bool isCancelled)
    {
        using var cancellation = new CancellationTokenSource();
        var broken = new FakeReader
        {
            Get = _ =>
            {
                if (!isCancelled) throw new OperationCanceledException();
                cancellation.Cancel();
                throw new InvalidOperationException("broken");
            },
        };
        var validator = new MirrorValidator(broken, broken, new ValidationOptions(), NullLogSink.Instance);
        var line = new ImageListLine("a.example/app b.example/app v1", 1, Path: null);

        MirrorImageResult result =
            await validator.ValidateAsync(ImageListEntry.Read(1, line), cancellation.Token);

        Assert.Equal(nameof(ValidationReason.InternalError), result.Reason);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_has_no_result()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.DockerList("s"));
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pair.ValidateAsync(cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task The_log_says_PASS_in_the_words_of_image_tools()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.DockerList("s"));
        var log = new ListLog();
        pair.Log = log;
        await pair.ValidateAsync();
        string passed = $"[INFO] [M_ID:7] PASS [{pair.Source.Host}/library/app:v1] == [{pair.Destination.Host}/mirror/app:v1]";
        Assert.EndsWith(passed, log.Lines[^1], StringComparison.Ordinal);
        Assert.All(log.Lines, line => Assert.Matches(@"^\d\d:\d\d:\d\d \[(INFO|DEBU|WARN|ERRO)\] \[M_ID:7\] ", line));
        Assert.DoesNotContain(log.Lines, line => line.Contains("[ERRO]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_shows_both_specs_of_a_mismatch_and_says_FAILED()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.DockerList("s"), SampleImages.DockerList("other"));
        var log = new ListLog();
        pair.Log = log;
        MirrorImageResult result = await pair.ValidateAsync(architectures: "amd64");
        string[] errors = [.. log.Lines.Where(line => line.Contains("[ERRO]", StringComparison.Ordinal)).Select(line => line[9..])];
        Assert.Equal(
            [
                "[ERRO] [M_ID:7] srcSpec: " + Indented(result.SourceSpec[0].Digest),
                "[ERRO] [M_ID:7] dstSpec: " + Indented(result.DestinationSpec[0].Digest),
                "[ERRO] [M_ID:7] Validate failed: " + result.Message,
                $"[ERRO] [M_ID:7] FAILED [{pair.Source.Host}/library/app:v1]",
            ],
            errors);
    }

    [Fact]
    public async Task The_log_shows_a_line_that_cannot_be_read_without_what_steers_a_terminal()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync();
        var log = new ListLog();
        pair.Log = log;
        await pair.ValidateAsync(line: "\u001b[2J\u202e one");
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202e'));
    }

    [Fact]
    public async Task An_image_that_is_compared_with_itself_is_warned_of()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.DockerList("s"));
        var log = new ListLog();
        pair.Log = log;
        string name = $"{pair.Source.Host}/library/app";
        await pair.ValidateAsync(line: $"{name} {name} v1");
        Assert.Contains(log.Lines, line => line.Contains("[WARN] [M_ID:7] source and destination are the same image", StringComparison.Ordinal));
    }

    private static string Indented(string digest) =>
        $$"""
        [
            {
                "digest": "{{digest}}",
                "platform": {
                    "architecture": "amd64",
                    "os": "linux"
                }
            }
        ]
        """.ReplaceLineEndings("\n");

    private sealed class ListLog : ILogSink
    {
        private readonly List<string> _lines = [];

        internal IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public bool IsEnabled(LogLevel level) => true;

        public void Write(LogEvent logEvent)
        {
            lock (_lines) _lines.Add(logEvent.ToString());
        }
    }
}

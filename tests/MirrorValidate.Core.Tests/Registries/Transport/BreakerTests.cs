using MirrorValidate.Embedded;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>A registry that does not answer at all does not cost every line its retries; one that answers anything is asked.</summary>
public sealed class BreakerTests : IAsyncLifetime
{
    private static readonly RegistryOptions Breaking = Run.Quick with { MaximumRetryCount = 1, BreakDuration = TimeSpan.FromMinutes(5) };

    private Mirror _mirror = null!;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Lines_end_at_once_after_three_that_got_no_answer(int status)
    {
        _mirror.Destination.Faults.Add(new Fault { Status = status });
        using var run = new Run(Breaking);

        for (int line = 1; line <= 30; line++)
        {
            MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
            Assert.Equal(nameof(ValidationReason.RegistryUnavailable), result.Reason);
            Assert.Equal(line <= 3, result.Message.EndsWith("(2 attempts)", StringComparison.Ordinal));
            if (line <= 3) continue;
            Assert.Contains($"destination registry {_mirror.Destination.Host}: GET {Mirror.Manifest}: not asked: requests before this one got no answer ({status} ", result.Message, StringComparison.Ordinal);
            Assert.Contains("is tried again later in the run (0 attempts)", result.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3 * 2, _mirror.Destination.Requests.Count);
        Assert.Equal(30, _mirror.Source.Requests.Count);
    }

    [Fact]
    public async Task Lines_end_at_once_where_nobody_listens()
    {
        await _mirror.Destination.StopAsync();
        using var run = new Run(Breaking);

        for (int line = 1; line <= 30; line++)
        {
            MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
            Assert.Equal(nameof(ValidationReason.RegistryUnavailable), result.Reason);
            Assert.Contains(line <= 3 ? "the connection was refused (2 attempts)" : "got no answer (the connection was refused)", result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_registry_that_only_runs_out_the_time_of_the_images_counts()
    {
        _mirror.Destination.Faults.Add(new Fault { HangForever = true });
        using var run = new Run(Breaking, validation: new ValidationOptions { Timeout = TimeSpan.FromSeconds(2) });
        for (int line = 1; line <= 3; line++) Assert.Equal(nameof(ValidationReason.TimedOut), (await run.ValidateAsync(_mirror.Line)).Reason);

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.RegistryUnavailable), result.Reason);
        Assert.Contains(
            "got no answer (no answer within the 2 s for the image)", result.Message, StringComparison.Ordinal);
        Assert.Equal(3, _mirror.Destination.Requests.Count);
    }

    [Fact]
    public async Task It_is_tried_again_by_one_request_and_found_when_it_is_back()
    {
        Fault down = _mirror.Destination.Faults.Add(new Fault { Status = 503 });
        using var run = new Run(Breaking with { BreakDuration = TimeSpan.FromSeconds(2) });
        for (int line = 1; line <= 3; line++) await run.ValidateAsync(_mirror.Line);
        Assert.Equal(6, down.Hits);

        // Still down: one request finds that out, and the others wait no longer than before.
        await Patience.UntilAsync(() =>
        {
            Task.WaitAll([.. Enumerable.Range(0, 10).Select(_ => run.ValidateAsync(_mirror.Line))]);
            return down.Hits > 6;
        });
        Assert.Equal(8, down.Hits);

        _mirror.Destination.Faults.Clear();
        MirrorImageResult result;
        using var end = new CancellationTokenSource(Patience.Long);
        do result = await run.ValidateAsync(_mirror.Line, end.Token);
        while (result.Status != nameof(ValidationStatus.Passed));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => run.ValidateAsync(_mirror.Line))), one => Assert.Equal(nameof(ValidationStatus.Passed), one.Status));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task An_answer_is_no_silence(int status)
    {
        _mirror.Destination.Faults.Add(new Fault { Status = status });
        using var run = new Run(Breaking);
        for (int line = 1; line <= 10; line++) Assert.NotEqual(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);

        _mirror.Destination.Faults.Clear();
        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);
    }

    [Fact]
    public async Task Answers_in_between_keep_it_asked()
    {
        using var run = new Run(Breaking);
        for (int line = 1; line <= 12; line++)
        {
            _mirror.Destination.Faults.Clear();
            if (line % 3 != 0) _mirror.Destination.Faults.Add(new Fault { Status = 503 });
            Assert.Equal(line % 3 == 0, (await run.ValidateAsync(_mirror.Line)).Status == nameof(ValidationStatus.Passed));
        }
    }

    [Fact]
    public async Task Who_gives_up_has_learned_nothing_of_it()
    {
        _mirror.Destination.Faults.Add(new Fault { HangForever = true, Times = 5 });
        using var run = new Run(Breaking);
        for (int line = 1; line <= 5; line++)
        {
            using var cancel = new CancellationTokenSource();
            Task<MirrorImageResult> validation = run.ValidateAsync(_mirror.Line, cancel.Token);
            int asked = line;
            await Patience.UntilAsync(() => _mirror.Destination.Requests.Count >= asked);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => validation);
        }

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);
    }
}

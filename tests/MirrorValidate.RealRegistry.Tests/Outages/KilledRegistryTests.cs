using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Outages;

/// <summary>A registry that is killed in the middle of a run (kill -9) and restarted.</summary>
public sealed class KilledRegistryTests : IAsyncLifetime
{
    private const int Images = 60;
    private const int ThrottleLimit = 10;

    private RegistryPair _registries = null!;
    private (string Line, ValidationReason Truth)[] _lines = [];

    public async Task InitializeAsync()
    {
        if (RealBinaries.SkipReason is not null) return;
        _registries = await RegistryPair.StartAsync();
        string good = await _registries.AddAsync(SampleImages.DockerList("good"), "good");
        string stale = await _registries.AddAsync(SampleImages.DockerList("old"), "stale");
        await _registries.PushAsync(SampleImages.DockerList("new"), "stale");
        await _registries.PushAsync(SampleImages.DockerList("absent"), "absent");
        (string, ValidationReason)[] kinds =
        [
            (good, ValidationReason.None),
            (good, ValidationReason.None),
            (stale, ValidationReason.SpecMismatch),
            (_registries.Line("absent"), ValidationReason.DestinationNotFound),
        ];
        _lines = [.. Enumerable.Range(0, Images).Select(index => kinds[index % kinds.Length])];
    }

    public async Task DisposeAsync()
    {
        if (_registries is not null) await _registries.DisposeAsync();
    }

    [RealRegistryTheory]
    [InlineData("source")]
    [InlineData("destination")]
    public async Task What_could_not_be_looked_at_is_unavailable_and_all_else_is_true(string side)
    {
        DockerRegistryProcess victim = side == "source" ? _registries.Source : _registries.Destination;
        bool isBack = false;
        using var run = new ValidationRun();
        List<MirrorImageResult> results = await RunAsync(run, async results =>
        {
            if (results.Count == ThrottleLimit) await victim.KillAsync();
            if (isBack || results[^1].Reason != nameof(ValidationReason.RegistryUnavailable)) return;
            isBack = true;
            await victim.RestartAsync();
        });

        AssertOneTrueResultForEachLine(results);
        MirrorImageResult[] missed = [.. results.Where(result => result.Reason == nameof(ValidationReason.RegistryUnavailable))];
        Assert.NotEmpty(missed);
        foreach (MirrorImageResult result in missed)
        {
            Assert.Equal(nameof(ValidationStatus.Error), result.Status);
            Assert.StartsWith($"{side} registry {victim.Host}: ", result.Message);
        }

        using var again = new ValidationRun();
        foreach (MirrorImageResult result in missed)
            Assert.Equal(_lines[result.Id - 1].Truth.ToString(), (await again.ValidateAsync(result.Line, result.Id)).Reason);
    }

    [RealRegistryFact]
    public async Task Retries_that_outlast_the_outage_leave_nothing_of_it()
    {
        using var run = new ValidationRun(ValidationRun.Quick with { MaximumRetryCount = 100, MaximumRetryDelay = TimeSpan.FromMilliseconds(100) });
        List<MirrorImageResult> results = await RunAsync(run, async results =>
        {
            if (results.Count == ThrottleLimit) await _registries.Destination.RestartAsync();
            if (results.Count == 2 * ThrottleLimit) await _registries.Source.RestartAsync();
        });

        AssertOneTrueResultForEachLine(results);
        Assert.DoesNotContain(results, result => result.Reason == nameof(ValidationReason.RegistryUnavailable));
    }

    /// <summary>
    /// Validates all lines, ten at once. The callback for a result ends before the next result is read.
    /// </summary>
    private async Task<List<MirrorImageResult>> RunAsync(ValidationRun run, Func<List<MirrorImageResult>, Task> afterEach)
    {
        List<MirrorImageResult> results = [];
        using var turn = new SemaphoreSlim(1, 1);
        await Parallel.ForEachAsync(
            _lines.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit },
            async (line, cancellationToken) =>
            {
                MirrorImageResult result = await run.ValidateAsync(line.Item.Line, line.Index + 1);
                await turn.WaitAsync(cancellationToken);
                try
                {
                    results.Add(result);
                    await afterEach(results);
                }
                finally
                {
                    turn.Release();
                }
            });
        return results;
    }

    private void AssertOneTrueResultForEachLine(List<MirrorImageResult> results)
    {
        Assert.Equal(Enumerable.Range(1, Images), results.Select(result => result.Id).Order());
        Assert.All(results, result => Assert.Contains(
            result.Reason, new[] { _lines[result.Id - 1].Truth.ToString(), nameof(ValidationReason.RegistryUnavailable) }));
    }
}

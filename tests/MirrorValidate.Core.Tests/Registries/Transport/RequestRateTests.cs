using MirrorValidate.Core.Tests.Validation;
using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

public sealed class RequestRateTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData(10, 8)]
    [InlineData(200, 100)]
    public async Task A_host_gets_no_more_requests_than_so_many_in_a_second(double perSecond, int images)
    {
        DateTimeOffset start = DateTimeOffset.UtcNow;
        using var run = new Run(Run.Quick with { RequestsPerSecond = perSecond });
        await Task.WhenAll(Enumerable.Range(0, images).Select(_ => run.ValidateAsync(_mirror.Line)));
        foreach (EmbeddedRegistry registry in new[] { _mirror.Source, _mirror.Destination })
        {
            DateTimeOffset[] times = [.. registry.Requests.Snapshot().Select(request => request.Time)];
            Assert.InRange(times.Length, images, int.MaxValue);
            // A few are sent at once; timers may come early by their resolution. The time runs from the start, not from
            // the first request, which may arrive late on a busy machine.
            double atOnce = Math.Ceiling(perSecond * 0.02);
            TimeSpan least = TimeSpan.FromSeconds((times.Length - (2 * atOnce)) / perSecond);
            Assert.InRange(times.Max() - start, least * 0.8, TimeSpan.MaxValue);
        }
    }

    [Fact]
    public async Task The_time_that_a_request_waits_for_its_turn_does_not_count()
    {
        using var run = new Run(
            Run.Quick with { RequestsPerSecond = 1, MaximumRetryCount = 0, AttemptTimeout = TimeSpan.FromSeconds(4) },
            validation: new ValidationOptions { Timeout = TimeSpan.FromSeconds(4) });
        MirrorImageResult[] results =
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => run.ValidateAsync(_mirror.Line)));
        Assert.All(results, ResultAssert.Passed);
    }
}

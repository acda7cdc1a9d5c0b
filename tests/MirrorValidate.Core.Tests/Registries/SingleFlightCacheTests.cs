using MirrorValidate.Logging;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>What those get who wait for what another asks.</summary>
public sealed class SingleFlightCacheTests
{
    private readonly SingleFlightCache<string> _cache = new(100, static _ => 1);
    private readonly RequestContext _context = new(NullLogSink.Instance);
    private readonly TaskCompletionSource<string> _answer = new();
    private int _asked;

    [Fact]
    public async Task They_get_what_it_got()
    {
        Task<string>[] all = [GetAsync(_answer.Task), GetAsync(_answer.Task), GetAsync(_answer.Task)];
        _answer.SetResult("x");
        Assert.Equal(["x", "x", "x"], await Task.WhenAll(all));
        Assert.Equal("x", await GetAsync(_answer.Task));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task They_meet_the_same_trouble_and_nobody_after_them_does()
    {
        Task<string>[] all = [GetAsync(_answer.Task), GetAsync(_answer.Task)];
        var fault = new RegistryException(RegistryFault.Unavailable, "down");
        _answer.SetException(fault);
        foreach (Task<string> one in all) Assert.Same(fault, await Assert.ThrowsAsync<RegistryException>(() => one));
        Assert.Equal(1, _asked);
        Assert.Equal("y", await GetAsync(Task.FromResult("y")));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Where_the_other_ran_out_of_time_they_ask_themselves()
    {
        Task<string> first = GetAsync(_answer.Task);
        Task<string> second = GetAsync(Task.FromResult("y"));
        _answer.SetException(new RegistryException(RegistryFault.TimedOut, "no answer"));
        await Assert.ThrowsAsync<RegistryException>(() => first);
        Assert.Equal("y", await second);
        Assert.Equal(2, _asked);
    }

    private Task<string> GetAsync(Task<string> answer) => _cache.GetAsync(
        "key",
        () =>
        {
            _asked++;
            return answer;
        },
        _context,
        CancellationToken.None);
}

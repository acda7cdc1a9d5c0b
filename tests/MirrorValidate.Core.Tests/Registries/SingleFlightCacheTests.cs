using MirrorValidate.Logging;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>What concurrent callers share, and what is kept for later ones.</summary>
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

    [Fact]
    public async Task Values_beyond_the_capacity_push_out_the_oldest()
    {
        for (int i = 0; i < 1000; i++) await GetAsync(Task.FromResult("x"), $"key {i}");
        await GetAsync(Task.FromResult("x"), "key 999");
        Assert.Equal(1000, _asked);
        for (int i = 0; i < 900; i++) await GetAsync(Task.FromResult("x"), $"key {i}");
        Assert.Equal(1900, _asked);
    }

    [Fact]
    public async Task Half_of_the_capacity_is_kept_at_least()
    {
        for (int i = 0; i < 1000; i++) await GetAsync(Task.FromResult("x"), $"key {i}");
        for (int i = 950; i < 1000; i++) await GetAsync(Task.FromResult("x"), $"key {i}");
        Assert.Equal(1000, _asked);
    }

    [Fact]
    public async Task A_value_that_is_set_is_there_without_a_request_in_place_of_the_one_before()
    {
        Assert.Equal("x", await GetAsync(Task.FromResult("x")));
        _cache.Set("key", "y");
        Assert.Equal("y", await GetAsync(_answer.Task));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_bug_of_the_one_that_asked_is_its_own()
    {
        Task<string> first = GetAsync(_answer.Task);
        Task<string> second = GetAsync(Task.FromResult("y"));
        _answer.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal("y", await second);
    }

    private Task<string> GetAsync(Task<string> answer, string key = "key") => _cache.GetAsync(
        key,
        () =>
        {
            _asked++;
            return answer;
        },
        _context,
        CancellationToken.None);
}

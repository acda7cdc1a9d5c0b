using MirrorValidate.Embedded;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>Cancelling ends a validation at once, whatever it waits for. Nothing here would end by itself within the test's patience.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private static readonly RegistryOptions Slow = Run.Quick with
    {
        AttemptTimeout = TimeSpan.FromMinutes(5),
        RetryDelay = TimeSpan.FromMinutes(5),
        MaximumRetryDelay = TimeSpan.FromMinutes(5),
    };

    private Mirror _mirror = null!;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Fact]
    public Task While_a_registry_does_not_answer() => CheckAsync(new Fault { HangForever = true }, () => _mirror.Destination.Requests.Count > 0);

    [Fact]
    public Task While_a_body_comes_by_the_byte() => CheckAsync(new Fault { DripDelay = TimeSpan.FromSeconds(10) }, () => _mirror.Destination.Requests.Count > 0);

    [Fact]
    public Task While_an_error_body_comes_by_the_byte() =>
        CheckAsync(new Fault { Status = 400, Body = "words", DripDelay = TimeSpan.FromMinutes(1) }, () => _mirror.Destination.Requests.Count > 0);

    [Fact]
    public Task While_it_wants_to_be_left_alone() =>
        CheckAsync(new Fault { Status = 429, Headers = { ["Retry-After"] = "300" } }, run => run.Log.Text.Contains("429", StringComparison.Ordinal));

    [Fact]
    public Task Between_two_attempts() => CheckAsync(new Fault { Status = 503 }, run => run.Log.Text.Contains("503", StringComparison.Ordinal));

    [Fact]
    public Task While_a_token_server_does_not_answer()
    {
        _mirror.Destination.Options.Authentication = new BearerAuthentication { AllowAnonymous = true };
        return CheckAsync(
            new Fault { Path = BearerAuthentication.TokenPath, HangForever = true },
            () => _mirror.Destination.Requests.Where(request => request.Path == BearerAuthentication.TokenPath).Count > 0);
    }

    [Fact]
    public async Task While_another_request_waits_for_the_same_token()
    {
        _mirror.Destination.Options.Authentication = new BearerAuthentication { AllowAnonymous = true };
        _mirror.Destination.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, HangForever = true, Times = 1 });
        using var run = new Run(Slow);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task<MirrorImageResult> asks = run.ValidateAsync(_mirror.Line, first.Token);
        await Patience.UntilAsync(() => _mirror.Destination.Requests.Where(request => request.Path == BearerAuthentication.TokenPath).Count == 1);
        Task<MirrorImageResult> waits = run.ValidateAsync(_mirror.Line, second.Token);
        Task<MirrorImageResult> stays = run.ValidateAsync(_mirror.Line);
        await Patience.UntilAsync(() => _mirror.Destination.Requests.Where(request => request.Path == Mirror.Manifest).Count == 3);

        await second.CancelAsync();
        await EndsAsync(waits);
        Assert.False(stays.IsCompleted);

        // Who asked for the token leaves: the next asks for it.
        await first.CancelAsync();
        await EndsAsync(asks);
        Assert.Equal(nameof(ValidationStatus.Passed), (await stays.WaitAsync(Patience.Long)).Status);
    }

    [Fact]
    public async Task While_a_host_does_not_say_whether_it_speaks_TLS()
    {
        await using var silent = new RawServer(async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, token));
        using var run = new Run(Slow);
        using var cancel = new CancellationTokenSource();
        Task<MirrorImageResult> validation = run.ValidateAsync($"{silent.Host}/team/app {silent.Host}/team/app 1", cancel.Token);

        await cancel.CancelAsync();
        await EndsAsync(validation);
    }

    [Fact]
    public async Task While_a_password_waits_for_its_first_trial()
    {
        _mirror.Destination.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["u"] = "password" } };
        _mirror.Destination.Faults.Add(new Fault { Predicate = context => context.Request.Headers.Authorization.Count > 0, HangForever = true });
        using var run = new Run(Slow, destination: Run.User("u", "password"));
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task<MirrorImageResult> asks = run.ValidateAsync(_mirror.Line, first.Token);
        await Patience.UntilAsync(() => _mirror.Destination.Requests.Where(request => request.Authorization is not null).Count == 1);
        Task<MirrorImageResult> waits = run.ValidateAsync(_mirror.Line, second.Token);

        await second.CancelAsync();
        await EndsAsync(waits);
        await first.CancelAsync();
        await EndsAsync(asks);
    }

    private Task CheckAsync(Fault fault, Func<bool> isThere) => CheckAsync(fault, _ => isThere());

    private async Task CheckAsync(Fault fault, Func<Run, bool> isThere)
    {
        _mirror.Destination.Faults.Add(fault);
        using var run = new Run(Slow);
        using var cancel = new CancellationTokenSource();
        Task<MirrorImageResult> validation = run.ValidateAsync(_mirror.Line, cancel.Token);
        await Patience.UntilAsync(() => isThere(run));
        Assert.False(validation.IsCompleted);

        await cancel.CancelAsync();
        await EndsAsync(validation);
    }

    private static async Task EndsAsync(Task task) => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Patience.Long));
}

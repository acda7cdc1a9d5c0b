using System.Collections.Concurrent;
using MirrorValidate.Embedded;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>A wrong password is not sent for every line of a list: that locks accounts.</summary>
public sealed class CredentialTrialTests : IAsyncLifetime
{
    private const string Password = "correct horse";

    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        foreach (int number in Enumerable.Range(0, 40)) _mirror.Put(_mirror.Image, $"team/x{number}");
    }

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_password_is_sent_twice_in_a_run(bool byToken)
    {
        Registry.Options.Authentication = Authentication(byToken);
        using var run = new Run(destination: Run.User("mirror", "wrong horse"));

        MirrorImageResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => run.ValidateAsync(_mirror.LineOf($"team/x{number}"))));

        Assert.All(results, result => Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason));
        Assert.Equal(2, Sent().Count);
        Assert.Equal(38, results.Count(result => result.Message.Contains("refused before, so the credential was not sent again", StringComparison.Ordinal)));
        Assert.All(results, result => Assert.Contains("401 Unauthorized", result.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_right_one_is_shown_by_one_request_first_and_then_by_all(bool byToken)
    {
        Registry.Options.Authentication = Authentication(byToken);
        var areAsking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isShown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var areTogether = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new ConcurrentDictionary<string, bool>();
        var asked = new ConcurrentDictionary<string, bool>();
        // Once one is refused, the others need not ask: none is until all have.
        Registry.Faults.Add(new Fault { Predicate = Asks, Until = areAsking.Task });
        Registry.Faults.Add(new Fault { Predicate = Arrives, Times = 1, Until = isShown.Task });
        Registry.Faults.Add(new Fault { Predicate = Arrives, Until = areTogether.Task });
        bool Asks(Microsoft.AspNetCore.Http.HttpContext context)
        {
            bool isAsking = !IsPassword(context) && context.Request.Path.StartsWithSegments("/v2/team");
            if (isAsking) asked.TryAdd(context.TraceIdentifier, true);
            return isAsking;
        }

        bool Arrives(Microsoft.AspNetCore.Http.HttpContext context)
        {
            if (IsPassword(context)) arrived.TryAdd(context.TraceIdentifier, true);
            return IsPassword(context);
        }

        using var run = new Run(destination: Run.User("mirror", Password));
        Task<MirrorImageResult[]> validations = Task.WhenAll(
            Enumerable.Range(0, 20).Select(number => run.ValidateAsync(_mirror.LineOf($"team/x{number}"))));

        // All twenty are asked for a password, and one sends it.
        await Patience.UntilAsync(() => asked.Count == 20);
        areAsking.SetResult();
        await Patience.UntilAsync(() => !arrived.IsEmpty && Refused() >= 20);
        Assert.Single(arrived);
        isShown.SetResult();
        await Patience.UntilAsync(() => arrived.Count > 2);
        areTogether.SetResult();
        Assert.All(await validations, result => Assert.Equal(nameof(ValidationStatus.Passed), result.Status));
    }

    [Fact]
    public async Task A_refusal_of_one_repository_is_none_of_the_credential()
    {
        Registry.Options.Authentication = Authentication(byToken: false);
        Registry.Faults.Add(new Fault { Path = "/v2/team/x1/*", Status = 401, Headers = { ["WWW-Authenticate"] = "Basic realm=\"x\"" } });
        using var run = new Run(destination: Run.User("mirror", Password));

        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(nameof(ValidationReason.Unauthorized), (await run.ValidateAsync(_mirror.LineOf("team/x1"))).Reason);
            Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.LineOf("team/x2"))).Status);
        }
    }

    [Fact]
    public async Task What_is_no_refusal_proves_nothing()
    {
        Registry.Options.Authentication = Authentication(byToken: false);
        Registry.Faults.Add(new Fault { Predicate = IsPassword, Status = 503, Times = 3 });
        using var run = new Run(destination: Run.User("mirror", "wrong horse"));

        for (int number = 0; number < 10; number++) await run.ValidateAsync(_mirror.LineOf($"team/x{number}"));

        Assert.Equal(3 + 2, Sent().Count);
    }

    [Fact]
    public async Task A_password_for_one_host_is_not_one_for_another()
    {
        Registry.Options.Authentication = Authentication(byToken: false);
        _mirror.Source.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "of the source" } };
        FixedCredential both = Run.User("mirror", Password);
        using var run = new Run(source: both, destination: both);
        for (int number = 0; number < 5; number++)
        {
            MirrorImageResult result = await run.ValidateAsync(_mirror.LineOf($"team/x{number}"));
            Assert.Contains($"source registry {_mirror.Source.Host}: ", result.Message, StringComparison.Ordinal);
        }

        Assert.Contains(Sent(), request => request.Status == 200);
    }

    private static bool IsPassword(Microsoft.AspNetCore.Http.HttpContext context) =>
        context.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal);

    private static RegistryAuthentication Authentication(bool byToken)
    {
        var users = new Dictionary<string, string> { ["mirror"] = Password };
        return byToken ? new BearerAuthentication { Users = users } : new BasicAuthentication { Users = users };
    }

    private int Refused() => Registry.Requests.Where(request => request.Status == 401).Count;

    private IReadOnlyList<RecordedRequest> Sent() => Registry.Requests.Where(request => request.Authorization?.StartsWith("Basic ", StringComparison.Ordinal) == true);
}

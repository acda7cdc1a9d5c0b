using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>A 404 that no registry has said: whether one answers there, <c>/v2/</c> tells, which is asked once.</summary>
public sealed class NotARegistryTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    public static TheoryData<string, string> Bare => new()
    {
        { "<html><head><title>404 Not Found</title></head></html>", "text/html" },
        { "", "text/plain" },
        { "404 page not found\n", "text/plain; charset=utf-8" },
        { "{\"message\":\"no Route matched with those values\"}", "application/json" },
        { "{\"timestamp\":\"now\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/v2/\"}", "application/json" },
        { "{\"errors\":[{\"status\":404,\"message\":\"Not Found\"}]}", "application/json" },
        { "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", "application/xml" },
    };

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bare))]
    public async Task Where_v2_is_not_found_either_nothing_is_said_to_be_missing(string body, string type)
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 404, Body = body, ContentType = type });

        MirrorImageResult result = await ValidateAsync();

        Error(ValidationReason.NotARegistry, result);
        string root = $"http://{_mirror.Destination.Host}";
        Assert.Contains($"no registry answers at this address: {root}{Mirror.Manifest}: 404 Not Found", result.Message, StringComparison.Ordinal);
        Assert.Contains($"; {root}/v2/: 404 Not Found", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bare))]
    public async Task With_a_registry_at_v2_a_404_is_a_404_whatever_its_body(string body, string type)
    {
        _mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, Status = 404, Body = body, ContentType = type });

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal((nameof(ValidationStatus.Failed), nameof(ValidationReason.DestinationNotFound)), (result.Status, result.Reason));
    }

    [Theory]
    [InlineData(200, "", "DestinationNotFound")]
    [InlineData(200, "{}", "DestinationNotFound")]
    [InlineData(200, "true", "DestinationNotFound")]
    [InlineData(401, "<html>", "DestinationNotFound")]
    [InlineData(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}", "DestinationNotFound")]
    [InlineData(200, "\n <!DOCTYPE html>", "NotARegistry")]
    [InlineData(405, "", "NotARegistry")]
    [InlineData(410, "", "NotARegistry")]
    [InlineData(403, "<html>", "UnexpectedResponse")]
    [InlineData(429, "", "UnexpectedResponse")]
    [InlineData(503, "", "UnexpectedResponse")]
    public async Task What_v2_says_decides(int status, string body, string reason)
    {
        _mirror.Destination.Faults.Add(new Fault { Path = "/v2/", Status = status, Body = body, ContentType = "text/html" });
        _mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, Status = 404, Body = "" });

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(reason, result.Reason);
    }

    [Fact]
    public async Task A_registry_that_names_itself_is_one_whatever_v2_says()
    {
        _mirror.Destination.Faults.Add(new Fault { Path = "/v2/", Status = 404, Body = "", Headers = { ["Docker-Distribution-Api-Version"] = "registry/2.0" } });
        _mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, Status = 404, Body = "" });

        Assert.Equal(nameof(ValidationReason.DestinationNotFound), (await ValidateAsync()).Reason);
    }

    [Fact]
    public async Task A_sign_in_page_that_v2_redirects_to_is_no_registry()
    {
        _mirror.Destination.Faults.Add(new Fault { Path = "/v2/", Status = 302, RedirectTo = "/login" });
        _mirror.Destination.Faults.Add(new Fault { Path = "/login", Body = "<html>Sign in</html>", ContentType = "text/html" });
        _mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, Status = 404, Body = "<html>" });

        Error(ValidationReason.NotARegistry, await ValidateAsync());
    }

    [Fact]
    public async Task A_ping_that_gets_no_answer_proves_nothing()
    {
        _mirror.Destination.Faults.Add(new Fault { Path = "/v2/", AbortConnection = true });
        _mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, Status = 404, Body = "<html>" });

        MirrorImageResult result = await ValidateAsync();

        Error(ValidationReason.UnexpectedResponse, result);
        Assert.Contains("it is not known whether a registry answers there", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_images_ask_once_and_both_sides_together()
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 404, Body = "<html>", ContentType = "text/html" });
        string line = $"{_mirror.Destination.Host}/team/app {_mirror.Destination.Host}/team/app 1";
        using var run = new Run();

        MirrorImageResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => run.ValidateAsync(line)));

        Assert.All(results, result => Error(ValidationReason.NotARegistry, result));
        Assert.Single(_mirror.Destination.Requests.Where(request => request.Path == "/v2/"));
    }

    [Fact]
    public async Task A_404_in_the_words_of_a_registry_asks_nothing_more()
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 404 });

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.DestinationNotFound), result.Reason);
        Assert.Equal(2, result.RequestCount);
    }

    [Fact]
    public async Task A_child_behind_a_page_is_missing_where_a_registry_answers()
    {
        _mirror.Destination.Faults.Add(new Fault { Path = "/v2/team/app/manifests/sha256:*", Status = 404, Body = "<html>" });

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.DestinationManifestMissing), result.Reason);
        Assert.Single(_mirror.Destination.Requests.Where(request => request.Path == "/v2/"));
    }

    private static void Error(ValidationReason reason, MirrorImageResult result)
    {
        Assert.Equal((nameof(ValidationStatus.Error), reason.ToString()), (result.Status, result.Reason));
        Assert.NotNull(result.Exception);
    }

    private async Task<MirrorImageResult> ValidateAsync()
    {
        using var run = new Run();
        return await run.ValidateAsync(_mirror.Line);
    }
}

using MirrorValidate.Embedded;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// <c>%USERPROFILE%\.docker\config.json</c>, and a credential helper that is a program of Windows,
/// docker-credential-*.exe.
/// </summary>
public sealed class CredentialHelperTests(WindowsModule windows) : IClassFixture<WindowsModule>
{
    private const string Helper = "mirror-validate-test";

    private readonly string _test = Guid.NewGuid().ToString("N");

    [WineTheory]
    [InlineData("""{"credsStore":"HELPER"}""")]
    [InlineData("""{"credHelpers":{"REGISTRY":"HELPER"} }""")]
    [InlineData("""{"credHelpers":{"REGISTRY":"HELPER"},"credsStore":"absent"}""")]
    public async Task A_helper_gives_the_login(string config)
    {
        await using EmbeddedRegistry mirror = await StartAsync();
        Assert.Equal("Passed None", await ValidateAsync(mirror, config, $"{mirror.Host} mirror hunter2"));
    }

    [WineFact]
    public async Task What_a_helper_does_not_know_is_anonymous()
    {
        await using EmbeddedRegistry mirror = await StartAsync();
        string result = await ValidateAsync(mirror, """{"credsStore":"HELPER"}""", "other.example mirror hunter2");
        Assert.StartsWith("Error Unauthorized ", result, StringComparison.Ordinal);
        Assert.All(mirror.Requests.Snapshot(), request => Assert.Null(request.Authorization));
    }

    [WineFact]
    public async Task A_login_that_the_registry_refuses_is_named_and_its_secret_is_not()
    {
        await using EmbeddedRegistry mirror = await StartAsync();
        string result = await ValidateAsync(mirror, """{"credsStore":"HELPER"}""", $"{mirror.Host} mirror old-secret");
        Assert.StartsWith("Error Unauthorized ", result, StringComparison.Ordinal);
        Assert.Contains("401 Unauthorized", result, StringComparison.Ordinal);
        Assert.Contains(mirror.Requests.Snapshot(), request => request.Authorization is not null);
        Assert.DoesNotContain("old-secret", result, StringComparison.Ordinal);
    }

    [WineTheory]
    [InlineData("absent", "", "failed: it is not on the PATH")]
    [InlineData(Helper, null, "failed: it ended with exit code ")]
    public async Task A_helper_that_fails_is_named(string name, string? known, string problem)
    {
        await using EmbeddedRegistry mirror = await StartAsync();
        string result = await ValidateAsync(mirror, $$"""{"credsStore":"{{name}}"}""", known);
        Assert.StartsWith("Error Unauthorized ", result, StringComparison.Ordinal);
        Assert.Contains(
            $"credential helper docker-credential-{name} (configured in ", result, StringComparison.Ordinal);
        Assert.Contains(problem, result, StringComparison.Ordinal);
    }

    private static Task<EmbeddedRegistry> StartAsync() => WindowsModule.StartMirrorAsync(
        new EmbeddedRegistryOptions { Authentication = new BasicAuthentication("mirror", "hunter2") });

    private Task<string> ValidateAsync(EmbeddedRegistry mirror, string config, string? known)
    {
        string text = config.Replace("HELPER", Helper, StringComparison.Ordinal)
            .Replace("REGISTRY", mirror.Host, StringComparison.Ordinal);
        string file = windows.Write(text, _test, "profile", ".docker", "config.json");
        return windows.ValidateAsync(
            mirror.Host,
            new Dictionary<string, string> { ["-UserProfile"] = Path.GetDirectoryName(Path.GetDirectoryName(file))! },
            known is null
                ? null
                : new Dictionary<string, string>
                {
                    ["MIRRORVALIDATE_TEST_CREDENTIALS"] =
                        WinePrefix.WindowsPath(windows.Write(known, _test, "known.txt")),
                });
    }
}

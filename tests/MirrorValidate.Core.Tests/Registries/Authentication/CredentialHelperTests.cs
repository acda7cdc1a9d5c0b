using MirrorValidate.Embedded;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>
/// Credential helpers as shell scripts on a PATH of their own, asked by the client as a process (docker/docker-credential-helpers). One
/// that fails is an error that names it, and never makes other credentials go anywhere.
/// </summary>
public sealed class CredentialHelperTests : IAsyncLifetime
{
    private const string Secret = "hunter2hunter2";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("helper");
    private Mirror _mirror = null!;

    public async Task InitializeAsync()
    {
        Skip.If(OperatingSystem.IsWindows(), "the helpers are shell scripts");
        _mirror = await Mirror.StartAsync();
        _mirror.Destination.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = Secret } };
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "bin"));
    }

    public async Task DisposeAsync()
    {
        if (_mirror is not null) await _mirror.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task A_helper_is_asked_once_by_host_and_believed()
    {
        WriteHelper("test", $$"""read server; echo "$1 $server" >> {{_directory.FullName}}/asked; echo '{"ServerURL":"x","Username":"mirror","Secret":"{{Secret}}" }'""");
        WriteConfig($$$"""{"credHelpers":{"{{{_mirror.Destination.Host}}}":"test"} }""");

        string output = await RunAsync();

        Assert.Contains("RESULT Passed None 5", output, StringComparison.Ordinal);
        Assert.Equal($"get {_mirror.Destination.Host}\n", await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "asked")));
    }

    [SkippableFact]
    public async Task A_store_is_asked_for_all_hosts_and_what_it_does_not_know_is_anonymous()
    {
        WriteHelper("store", "echo 'credentials not found in native keychain'; exit 1");
        WriteConfig("""{"credsStore":"store"}""");

        string output = await RunAsync();

        Assert.Contains("no credential for destination registry", output, StringComparison.Ordinal);
        Assert.Contains("RESULT Error Unauthorized 2", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_token_of_a_helper_is_an_identity_token()
    {
        _mirror.Destination.Options.Authentication = new BearerAuthentication { RefreshTokens = new Dictionary<string, string> { [Secret] = "mirror" } };
        WriteHelper("test", $$"""cat > /dev/null; echo '{"Username":"<token>","Secret":"{{Secret}}" }'""");
        WriteConfig("""{"credsStore":"test"}""");

        Assert.Contains("RESULT Passed None 6", await RunAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("exit 3", "it ended with exit code 3")]
    [InlineData("echo hunter2hunter2; echo hunter2hunter2 >&2; exit 1", "it ended with exit code 1")]
    [InlineData("cat > /dev/null; echo hunter2hunter2", "its answer is not a JSON object with Username and Secret")]
    [InlineData("cat > /dev/null; echo '{\"Secret\":\"hunter2hunter2\"}'", "its answer is not a JSON object with Username and Secret")]
    [InlineData("cat > /dev/null; while :; do echo hunter2hunter2; done", "it answered more than 65536 bytes")]
    public async Task A_helper_that_fails_is_named_and_no_other_credential_is_used(string script, string problem)
    {
        WriteHelper("test", script);
        string other = Convert.ToBase64String("mirror:hunter2hunter2"u8);
        WriteConfig($$$"""{"credHelpers":{"{{{_mirror.Destination.Host}}}":"test"},"auths":{"{{{_mirror.Destination.Host}}}":{"auth":"{{{other}}}"} }}""");

        string output = await RunAsync();

        Assert.Contains("RESULT Error Unauthorized", output, StringComparison.Ordinal);
        Assert.Contains($"the credential helper docker-credential-test (configured in {Path.Combine(_directory.FullName, "config.json")}) failed: {problem}. No other credentials were tried.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.All(_mirror.Destination.Requests.Snapshot(), request => Assert.Null(request.Authorization));
    }

    [SkippableTheory]
    [InlineData("absent", "it is not on the PATH")]
    [InlineData("../evil", "its name is not one of letters, digits, . _ -")]
    [InlineData("a b", "its name is not one of letters, digits, . _ -")]
    public async Task A_helper_that_cannot_be_run_is_named(string name, string problem)
    {
        WriteConfig($$"""{"credsStore":"{{name}}"}""");

        Assert.Contains($"docker-credential-{name} (configured in ", await RunAsync(), StringComparison.Ordinal);
        Assert.Contains(problem, await RunAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_helper_in_the_current_directory_is_not_run()
    {
        string here = Directory.CreateDirectory(Path.Combine(_directory.FullName, "downloads")).FullName;
        WriteHelper("evil", $"touch {_directory.FullName}/was-run", here);
        WriteConfig("""{"credsStore":"evil"}""");

        string output = await RunAsync(here);

        Assert.Contains("it is not on the PATH", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory.FullName, "was-run")));
    }

    [SkippableTheory]
    [InlineData("sleep 600")]
    [InlineData("sleep 600 & wait")]
    [InlineData("exec sleep 600 < /dev/null")]
    public async Task Cancelling_ends_a_helper_and_what_it_has_started(string script)
    {
        WriteHelper("slow", $"echo $$ > {_directory.FullName}/pid.tmp; mv {_directory.FullName}/pid.tmp {_directory.FullName}/pid; {script}");
        WriteConfig("""{"credsStore":"slow"}""");
        using ClientProcess client = Start();
        string pidFile = Path.Combine(_directory.FullName, "pid");
        await Patience.UntilAsync(() => File.Exists(pidFile));
        string helper = $"/proc/{(await File.ReadAllTextAsync(pidFile)).Trim()}";

        client.Cancel();

        Assert.Contains("RESULT Cancelled", await client.EndAsync(), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux()) await Patience.UntilAsync(() => !Directory.Exists(helper));
    }

    private async Task<string> RunAsync(string? directory = null)
    {
        using ClientProcess client = Start(directory);
        return await client.EndAsync();
    }

    private ClientProcess Start(string? directory = null) => new(
        new Dictionary<string, string>
        {
            ["DOCKER_CONFIG"] = _directory.FullName,
            ["PATH"] = $"{Path.Combine(_directory.FullName, "bin")}{Path.PathSeparator}.{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
        },
        directory,
        _mirror.Line,
        Path.Combine(_directory.FullName, "certs.d"));

    private void WriteConfig(string text) => File.WriteAllText(Path.Combine(_directory.FullName, "config.json"), text);

    private void WriteHelper(string name, string script, string? directory = null)
    {
        string path = Path.Combine(directory ?? Path.Combine(_directory.FullName, "bin"), $"docker-credential-{name}");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

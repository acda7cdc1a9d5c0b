using System.Net;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Client;

/// <summary>The sources and lifetime of credentials, with registries that check them.</summary>
public sealed class CredentialTests : IDisposable
{
    private static readonly NetworkCredential User = new("mirror", "helper secret");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task A_credential_helper_opens_a_registry()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { User = User });
        string line = await registries.AddAsync(
            SampleImages.DockerList("list"), "list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { Credential = User } });
        string helper = $"test-{Guid.NewGuid():N}";
        WriteHelper(helper, $"read server; [ \"$1 $server\" = 'get {registries.Destination.Host}' ] || exit 1\necho '{{\"Username\":\"{User.UserName}\",\"Secret\":\"{User.Password}\"}}'");
        await File.WriteAllTextAsync(_directory["config.json"], $"{{\"credHelpers\":{{\"{registries.Destination.Host}\":\"{helper}\"}}}}");
        // No other test looks for a program of this name, so the PATH need not be restored.
        Environment.SetEnvironmentVariable("PATH", $"{_directory.Path}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");

        Expected.Passed(requests: 5).Check(await ValidateAsync(line, new CredentialFile(_directory["config.json"])));
    }

    [RealRegistryFact]
    public async Task The_file_that_docker_login_writes_opens_a_registry()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { User = User });
        string line = await registries.AddAsync(
            SampleImages.DockerList("list"), "list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { Credential = User } });
        string auth = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User.UserName}:{User.Password}"));
        await File.WriteAllTextAsync(_directory["config.json"], $"{{\"auths\":{{\"{registries.Destination.Host}\":{{\"auth\":\"{auth}\"}}}}}}");

        Expected.Passed(requests: 5).Check(await ValidateAsync(line, new CredentialFile(_directory["config.json"])));
    }

    [RealRegistryFact]
    public async Task An_identity_token_is_exchanged_at_the_token_server()
    {
        await using TokenServer tokens = await TokenServer.StartAsync(new TokenServerOptions { User = User, IdentityToken = "identity-token" });
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { Token = tokens.Authentication });
        string line = await registries.AddAsync(
            SampleImages.DockerList("list"), "list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { Credential = User } });
        await File.WriteAllTextAsync(_directory["config.json"], $"{{\"auths\":{{\"{registries.Destination.Host}\":{{\"identitytoken\":\"identity-token\"}}}}}}");
        int before = tokens.Requests.Count;

        Expected.Passed(requests: 6).Check(await ValidateAsync(line, new CredentialFile(_directory["config.json"])));
        Assert.Equal("POST", Assert.Single(tokens.Requests.Skip(before)).Method);
    }

    [RealRegistryFact]
    public async Task Short_lived_tokens_are_renewed_before_the_registry_refuses_them()
    {
        await using TokenServer tokens = await TokenServer.StartAsync(new TokenServerOptions { User = User, ReportedLifetime = TimeSpan.FromSeconds(1) });
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { Token = tokens.Authentication });
        string line = await registries.AddAsync(
            SampleImages.DockerList("list"), "list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { Credential = User } });
        using var run = new ValidationRun(destination: User);
        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(line)).Status);
        int before = tokens.Requests.Count;
        int refused = Refusals();

        for (int id = 2; tokens.Requests.Count < before + 2; id++) Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(line, id)).Status);

        Assert.Equal(refused, Refusals());

        int Refusals() => registries.Destination.Log.Split("authentication required", StringSplitOptions.None).Length;
    }

    private static async Task<MirrorImageResult> ValidateAsync(string line, CredentialFile file)
    {
        using var session = new RegistrySession(ValidationRun.Quick);
        var validator = new MirrorValidator(
            new CachingImageReader(session.CreateClient(RegistrySide.Source)),
            new CachingImageReader(session.CreateClient(RegistrySide.Destination, new CredentialChain(file))),
            new ValidationOptions(),
            NullLogSink.Instance);
        return await validator.ValidateAsync(ImageListEntry.Read(1, new ImageListLine(line, 1, Path: null)), CancellationToken.None);
    }

    private void WriteHelper(string name, string script)
    {
        string path = _directory[$"docker-credential-{name}"];
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}

using System.Collections.Concurrent;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// A Docker <c>config.json</c> or a containers <c>auth.json</c>: members <c>auths</c>, <c>credHelpers</c> and
/// <c>credsStore</c>. Hosts match exactly, never by prefix; the names of Docker Hub are one host. A key with a path is
/// for the repositories under it; of several, the longest counts (containers-auth.json(5)). The file is read when first
/// needed, and helpers are asked once per host.
/// </summary>
/// <param name="path">The file; if it does not exist, there are no credentials.</param>
internal sealed class CredentialFile(string path) : ICredentialSource
{
    private readonly Lazy<CredentialFileContent> _content = new(() => CredentialFileContent.Read(path));
    private readonly ConcurrentDictionary<RegistryHost, AsyncLazy<RegistryCredential?>> _fromHelpers = new();

    /// <inheritdoc/>
    public string Description => path;

    /// <summary>
    /// The credential files of docker and the containers tools, in the order in which they are searched.
    /// </summary>
    public static IReadOnlyList<CredentialFile> Defaults()
    {
        string docker = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Home(), ".docker");
        var files = new List<CredentialFile> { new(Path.Combine(docker, "config.json")) };
        if (Environment.GetEnvironmentVariable("REGISTRY_AUTH_FILE") is { Length: > 0 } named)
            files.Add(new CredentialFile(named));
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
            files.Add(new CredentialFile(Path.Combine(runtime, "containers", "auth.json")));
        string settings = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Home(), ".config");
        files.Add(new CredentialFile(Path.Combine(settings, "containers", "auth.json")));
        return files;
    }

    /// <summary>The registries that the file names.</summary>
    /// <exception cref="CredentialException">The file cannot be read.</exception>
    public IReadOnlyCollection<RegistryHost> GetRegistries() =>
        [.. _content.Value.Auths.Keys.Select(key => key.Host).Union(_content.Value.Helpers.Keys)];

    /// <inheritdoc/>
    public async ValueTask<RegistryCredential?> FindAsync(
        RegistryHost registry, string repository, CancellationToken cancellationToken)
    {
        CredentialFileContent content = _content.Value;
        bool hasOwnHelper = content.Helpers.TryGetValue(registry, out string? own);
        return await AskAsync(own, registry, cancellationToken).ConfigureAwait(false)
            ?? content.FindUnderPath(registry, repository)
            ?? (hasOwnHelper
                ? null
                : await AskAsync(content.DefaultHelper, registry, cancellationToken).ConfigureAwait(false))
            ?? content.Find(new CredentialKey(registry, ""));
    }

    // As docker finds it. On Windows .NET asks the system instead and ignores the variable.
    private static string Home() =>
        OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("USERPROFILE") is { Length: > 0 } profile
            ? profile
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private async ValueTask<RegistryCredential?> AskAsync(
        string? helper, RegistryHost registry, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(helper)) return null;
        AsyncLazy<RegistryCredential?> lookup = _fromHelpers.GetOrAdd(registry, static _ => new());
        return await lookup.GetAsync(
            token => new CredentialHelper(helper, path).GetAsync(registry, token), cancellationToken)
            .ConfigureAwait(false);
    }
}

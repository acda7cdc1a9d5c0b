using System.Collections.Concurrent;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// A Docker <c>config.json</c> or a containers <c>auth.json</c>: members <c>auths</c>, <c>credHelpers</c> and
/// <c>credsStore</c>. Hosts match exactly, never by prefix; the names of Docker Hub are one host. The file is read when
/// first needed, and helpers are asked once per host.
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
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        var files = new List<CredentialFile> { new(Path.Combine(docker, "config.json")) };
        if (Environment.GetEnvironmentVariable("REGISTRY_AUTH_FILE") is { Length: > 0 } named)
            files.Add(new CredentialFile(named));
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
            files.Add(new CredentialFile(Path.Combine(runtime, "containers", "auth.json")));
        return files;
    }

    /// <summary>The registries that the file names.</summary>
    /// <exception cref="CredentialException">The file cannot be read.</exception>
    public IReadOnlyCollection<RegistryHost> GetRegistries() =>
        [.. _content.Value.Auths.Keys.Union(_content.Value.Helpers.Keys)];

    /// <inheritdoc/>
    public async ValueTask<RegistryCredential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken)
    {
        CredentialFileContent content = _content.Value;
        if (content.HelperOf(registry) is { } helper)
        {
            AsyncLazy<RegistryCredential?> lookup = _fromHelpers.GetOrAdd(
                registry,
                host => new(token => new CredentialHelper(helper, path).GetAsync(host, token)));
            RegistryCredential? fromHelper = await lookup.GetAsync(cancellationToken).ConfigureAwait(false);
            if (fromHelper is not null) return fromHelper;
        }

        return content.Auths.GetValueOrDefault(registry)?.Invoke();
    }
}

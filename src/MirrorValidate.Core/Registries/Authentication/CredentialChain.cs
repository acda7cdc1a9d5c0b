using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>Asks several sources in order until one has a credential. A source that fails ends the search.</summary>
/// <param name="sources">The sources, the most specific first.</param>
internal sealed class CredentialChain(params IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    /// <inheritdoc/>
    public string Description => string.Join(", ", sources.Select(source => source.Description));

    /// <summary>
    /// The credential for a repository and the source it comes from; both <see langword="null"/> if there is none.
    /// </summary>
    internal async ValueTask<(RegistryCredential? Credential, string? Source)> FindWithSourceAsync(
        RegistryHost registry, string repository, CancellationToken cancellationToken)
    {
        foreach (ICredentialSource source in sources)
        {
            RegistryCredential? credential =
                await source.FindAsync(registry, repository, cancellationToken).ConfigureAwait(false);
            if (credential is not null) return (credential, source.Description);
        }

        return (null, null);
    }

    /// <inheritdoc/>
    public async ValueTask<RegistryCredential?> FindAsync(
        RegistryHost registry, string repository, CancellationToken cancellationToken) =>
        (await FindWithSourceAsync(registry, repository, cancellationToken).ConfigureAwait(false)).Credential;
}

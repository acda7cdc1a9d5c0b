using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>A source of credentials for registries.</summary>
internal interface ICredentialSource
{
    /// <summary>Where the credentials come from, for log lines and messages.</summary>
    string Description { get; }

    /// <summary>The credential for a repository; <see langword="null"/> if this source has none.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository, for sources that keep credentials for parts of a registry.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="CredentialException">
    /// The source has a credential for the registry but cannot read it.
    /// </exception>
    ValueTask<RegistryCredential?> FindAsync(
        RegistryHost registry, string repository, CancellationToken cancellationToken);
}

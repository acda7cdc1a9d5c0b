using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>A source of credentials for registries.</summary>
internal interface ICredentialSource
{
    /// <summary>Where the credentials come from, for log lines and messages.</summary>
    string Description { get; }

    /// <summary>The credential for a registry; <see langword="null"/> if this source has none.</summary>
    /// <exception cref="CredentialException">
    /// The source has a credential for the registry but cannot read it.
    /// </exception>
    ValueTask<RegistryCredential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken);
}

using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>Knows credentials for registries.</summary>
public interface ICredentialSource
{
    /// <summary>Where the credentials come from, for the log and for messages.</summary>
    string Description { get; }

    /// <summary>The credential for a registry, <see langword="null"/> where this source has none.</summary>
    /// <exception cref="CredentialException">The source has something for the registry but cannot give it.</exception>
    ValueTask<RegistryCredential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken);
}

using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>One credential for every registry of a side, from a parameter or the environment.</summary>
/// <param name="description">Where it comes from.</param>
/// <param name="credential">The credential.</param>
internal sealed class FixedCredential(string description, RegistryCredential credential) : ICredentialSource
{
    /// <inheritdoc/>
    public string Description => description;

    /// <inheritdoc/>
    public ValueTask<RegistryCredential?> FindAsync(
        RegistryHost registry, string repository, CancellationToken cancellationToken) => new(credential);
}

using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>A file that went by while an archive was decompressed.</summary>
/// <param name="store">The path of the store, for messages.</param>
/// <param name="name">The name in the store.</param>
/// <param name="length">The length in bytes.</param>
/// <param name="digest">The digest of its content.</param>
/// <param name="kept">Where its content was kept; <see langword="null"/> if it was not.</param>
internal sealed class PassedFile(string store, string name, long length, string digest, SliceFile? kept)
    : StoreFile(store, name, length)
{
    internal override Stream Open() => Length == 0 ? Stream.Null : kept?.Open() ?? throw NotKept();

    internal override Task ProbeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal override Task<string> HashAsync(string algorithm, CancellationToken cancellationToken)
    {
        if (digest.StartsWith($"{algorithm}:", StringComparison.Ordinal)) return Task.FromResult(digest);
        return kept is null ? throw NotKept() : kept.HashAsync(algorithm, cancellationToken);
    }

    private StoreException NotKept() =>
        new(RegistryFault.MalformedManifest, Damaged("it is no JSON, as a manifest or config would be").Message);
}

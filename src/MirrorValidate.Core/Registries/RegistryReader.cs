using System.Globalization;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Registries;

/// <summary>Reads through a <see cref="RegistryClient"/>, the same manifest or blob of the same repository once in a run.</summary>
/// <param name="client">Asks the registries of one side.</param>
internal sealed partial class RegistryReader(RegistryClient client)
{
    /// <summary>How many bytes of manifests are kept; what is read of them takes a few times as much.</summary>
    private const long KeptManifests = 4 * 1024 * 1024;

    /// <summary>Of how many manifests it is kept that they are there, or which digest they have.</summary>
    private const long KeptAnswers = 16 * 1024;

    /// <summary>Of how many configs and layers it is kept what was found.</summary>
    private const long KeptBlobs = 64 * 1024;

    private readonly RunMemo<Manifest> _manifests = new(KeptManifests, static manifest => manifest.Content.Length + 256);
    private readonly RunMemo<ImageReference> _existing = new(KeptAnswers, static _ => 1);
    private readonly RunMemo<ManifestHead> _heads = new(KeptAnswers, static _ => 1);
    private readonly RunMemo<BlobState> _found = new(KeptBlobs, static _ => 1);
    private readonly RunMemo<BlobState> _hashed = new(KeptBlobs, static _ => 1);

    /// <inheritdoc cref="RegistryClient.Limits"/>
    internal RegistryLimits Limits => client.Limits;

    /// <inheritdoc cref="RegistryClient.LimitsPulls"/>
    internal bool LimitsPulls(RegistryHost registry) => client.LimitsPulls(registry);

    /// <inheritdoc cref="RegistryClient.GetManifestAsync"/>
    internal Task<Manifest> GetManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        _manifests.GetAsync(KeyOf(reference), () => client.GetManifestAsync(reference, context, cancellationToken), context, cancellationToken);

    /// <inheritdoc cref="RegistryClient.HeadManifestAsync"/>
    internal Task<ManifestHead> HeadManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        _heads.GetAsync(KeyOf(reference), () => client.HeadManifestAsync(reference, context, cancellationToken), context, cancellationToken);

    /// <inheritdoc cref="RegistryClient.CheckManifestAsync"/>
    internal Task CheckManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        _existing.GetAsync(KeyOf(reference), () => CheckAsync(reference, context, cancellationToken), context, cancellationToken);

    /// <inheritdoc cref="RegistryClient.GetConfigAsync"/>
    internal Task<ImageConfig> GetConfigAsync(ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken) =>
        client.GetConfigAsync(image, config, context, cancellationToken);

    /// <inheritdoc cref="BlobClient.FindAsync"/>
    internal Task<BlobState> FindBlobAsync(ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        _found.GetAsync(KeyOf(image, blob), () => client.Blobs.FindAsync(image, blob, context, cancellationToken), context, cancellationToken);

    /// <inheritdoc cref="BlobClient.HashAsync"/>
    internal Task<BlobState> HashBlobAsync(ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        _hashed.GetAsync(KeyOf(image, blob), () => client.Blobs.HashAsync(image, blob, context, cancellationToken), context, cancellationToken);

    // Descriptors of the same blob may state different sizes, and are then not all right.
    private static string KeyOf(ImageReference image, Descriptor blob) =>
        string.Create(CultureInfo.InvariantCulture, $"{KeyOf(image.WithDigest(blob.Digest))} {blob.Size}");

    private static string KeyOf(ImageReference reference) => $"{reference.Registry.ApiAuthority}/{reference.Repository}@{reference.Identifier}";

    private async Task<ImageReference> CheckAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        await client.CheckManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        return reference;
    }
}

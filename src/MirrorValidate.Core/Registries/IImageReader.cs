using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Registries;

/// <summary>
/// Reads manifests and blobs, for example from the registries of one side. Returned manifests and configs are verified
/// against the requested digest. <see cref="ImageReaderExtensions"/> builds on these members. Safe for concurrent use.
/// </summary>
internal interface IImageReader
{
    /// <summary>The limits on what is read.</summary>
    RegistryLimits Limits { get; }

    /// <summary>
    /// Whether the place of an image counts <see cref="GetManifestAsync"/>, but not <see cref="HeadManifestAsync"/>,
    /// against a limit. <see langword="false"/> if it has no limit.
    /// </summary>
    bool LimitsPulls(ImageReference image);

    /// <summary>Reads a manifest by the reference's digest, or by its tag if it has no digest.</summary>
    /// <exception cref="RegistryException">There is no such manifest, or it could not be read or verified.</exception>
    Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a manifest's digest, media type and size without reading it. The answer is not verified.
    /// </summary>
    /// <returns>What is known; its members are empty if only <see cref="GetManifestAsync"/> can tell.</returns>
    /// <exception cref="RegistryException">There is no such manifest, or it could not be determined.</exception>
    Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Reads an image's config.</summary>
    /// <exception cref="RegistryException">There is no such config, or it could not be read or verified.</exception>
    Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Checks that a blob exists and has the size that its descriptor states. At most its first byte is read.
    /// </summary>
    /// <returns>The state of the blob; a missing blob is a state, not an error.</returns>
    /// <exception cref="RegistryException">It could not be determined.</exception>
    Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Reads a blob and checks its size and digest. Nothing of it is kept.</summary>
    /// <returns>The state of the blob; a missing blob is a state, not an error.</returns>
    /// <exception cref="RegistryException">The blob could not be read completely or could not be verified.</exception>
    Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the manifests whose <c>subject</c> is a manifest. Use <see cref="ReferrerListing"/>, which also reads the
    /// referrers tag.
    /// </summary>
    /// <param name="subject">The manifest, by digest.</param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The referrers; <see langword="null"/> if there is no such list.</returns>
    /// <exception cref="RegistryException">The list could not be read.</exception>
    Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Lists the tags of a repository, each once, a page at a time.</summary>
    /// <param name="repository">The repository; tag and digest do not matter.</param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The tags in the order of the registry, as it names them: a text may be no tag at all.</returns>
    /// <exception cref="RegistryException">There is no such repository, or its tags could not be read.</exception>
    IAsyncEnumerable<IReadOnlyList<string>> ListTagsAsync(
        ImageReference repository, RequestContext context, CancellationToken cancellationToken);
}

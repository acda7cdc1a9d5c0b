using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Registries;

/// <summary>
/// A place that manifests and blobs are read from, for example the registries of one side. Manifests and configs that
/// it returns were verified against the digest that was asked for. <see cref="ImageReaderExtensions"/> has what follows
/// from these members. Safe for concurrent use.
/// </summary>
internal interface IImageReader
{
    /// <summary>How much is read at most.</summary>
    RegistryLimits Limits { get; }

    /// <summary>
    /// Whether a registry counts every <see cref="GetManifestAsync"/> against a limit, and
    /// <see cref="HeadManifestAsync"/> not. <see langword="false"/> where nothing is counted.
    /// </summary>
    bool LimitsPulls(RegistryHost registry);

    /// <summary>Reads a manifest, by digest where the reference has one, else by tag.</summary>
    /// <exception cref="RegistryException">There is no such manifest, or it could not be read or verified.</exception>
    Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Asks for a manifest's digest and media type without reading it. The answer is not verified.</summary>
    /// <returns>What is known; its texts are empty where only <see cref="GetManifestAsync"/> can tell.</returns>
    /// <exception cref="RegistryException">There is no such manifest, or the place could not be asked.</exception>
    Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Reads an image's config.</summary>
    /// <exception cref="RegistryException">There is no such config, or it could not be read or verified.</exception>
    Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Checks that a blob exists and has the size that its descriptor states, without reading it.</summary>
    /// <returns>The state of the blob; a missing blob is a state, not an error.</returns>
    /// <exception cref="RegistryException">The place could not be asked, or gave no clear answer.</exception>
    Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken);

    /// <summary>Reads a blob and checks its size and digest. Nothing of it is kept.</summary>
    /// <returns>The state of the blob; a missing blob is a state, not an error.</returns>
    /// <exception cref="RegistryException">The blob could not be read to its end, or not be verified.</exception>
    Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the manifests whose <c>subject</c> is a manifest. Use
    /// <see cref="ReferrerListing"/>, which knows the other place where referrers are listed.
    /// </summary>
    /// <param name="subject">The manifest, by digest.</param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The referrers; <see langword="null"/> where the place keeps no list of them.</returns>
    /// <exception cref="RegistryException">The list could not be read.</exception>
    Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken);
}

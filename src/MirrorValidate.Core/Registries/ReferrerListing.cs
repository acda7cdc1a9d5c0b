using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <summary>
/// Lists referrers wherever an <see cref="IImageReader"/> keeps them: in a list of its own, or under the tag that
/// stands in for it (distribution-spec 1.1, "Referrers Tag Schema").
/// </summary>
internal static class ReferrerListing
{
    /// <summary>
    /// Lists the manifests whose <c>subject</c> is a manifest. Anything may lie under the referrers tag: cosign copy
    /// leaves the image itself there, and GitLab resolves the tag to the subject. So an entry under the tag counts if
    /// it says which type of artifact it is, or if the manifest that it names has the subject.
    /// </summary>
    /// <param name="reader">The place.</param>
    /// <param name="subject">The manifest, by digest.</param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RegistryException">A list, or a manifest in it, could not be read.</exception>
    internal static async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(
        this IImageReader reader, ImageReference subject, RequestContext context, CancellationToken cancellationToken)
    {
        if (await reader.GetReferrersAsync(subject, context, cancellationToken).ConfigureAwait(false) is { } listed)
            return listed;
        IReadOnlyList<Descriptor> tagged =
            await reader.GetTaggedAsync(subject, context, cancellationToken).ConfigureAwait(false);
        var referrers = new List<Descriptor>();
        int unclear = 0;
        foreach (Descriptor entry in tagged.DistinctBy(entry => entry.Digest))
        {
            bool refers = ReferrerManifest.Tells(entry.ArtifactType);
            if (!refers)
            {
                if (++unclear > reader.Limits.UnclearReferrers) throw TooMany(reader, subject);
                refers = await reader.RefersAsync(entry, subject, context, cancellationToken).ConfigureAwait(false);
            }

            if (refers) referrers.Add(entry);
        }

        return referrers;
    }

    /// <summary>
    /// Finds out which referrers a place lists. The referrers tag is read where the place keeps no list of its own, and
    /// where that lacks one: a registry that learned the API later may not list what was pushed before.
    /// </summary>
    /// <param name="reader">The place.</param>
    /// <param name="subject">The manifest, by digest.</param>
    /// <param name="expected">The referrers to look for.</param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The digests of the expected referrers that are listed.</returns>
    /// <exception cref="RegistryException">A list could not be read.</exception>
    internal static async Task<IReadOnlySet<Digest>> FindReferrersAsync(
        this IImageReader reader,
        ImageReference subject,
        IEnumerable<Digest> expected,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        HashSet<Digest> missing = [.. expected];
        var found = new HashSet<Digest>();
        Take(await reader.GetReferrersAsync(subject, context, cancellationToken).ConfigureAwait(false) ?? []);
        if (missing.Count > 0)
            Take(await reader.GetTaggedAsync(subject, context, cancellationToken).ConfigureAwait(false));
        return found;

        void Take(IReadOnlyList<Descriptor> listed) => found.UnionWith(
            listed.Select(referrer => referrer.Digest).Where(missing.Remove));
    }

    // ALGORITHM-ENCODED, cut to 32 and 64 characters.
    private static async Task<IReadOnlyList<Descriptor>> GetTaggedAsync(
        this IImageReader reader, ImageReference subject, RequestContext context, CancellationToken cancellationToken)
    {
        Digest digest = subject.Digest!;
        string tag = $"{Start(digest.Algorithm, 32)}-{Start(digest.Encoded, 64)}";
        ImageReference reference = subject.WithTag(tag);
        Manifest? manifest =
            await reader.FindManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        if (manifest is ManifestIndex { MediaType: MediaTypes.OciIndex } index && !Is(index, digest))
            return index.Entries;
        if (manifest is not null)
            context.Log(LogLevel.Debug, () => $"{subject.Name}:{tag} is an image and lists no referrers");
        return [];
    }

    private static bool Is(Manifest manifest, Digest digest) =>
        digest.IsVerifiable && Digest.Of(digest.Algorithm, manifest.Content.Span) == digest;

    private static async Task<bool> RefersAsync(
        this IImageReader reader,
        Descriptor entry,
        ImageReference subject,
        RequestContext context,
        CancellationToken cancellationToken) =>
        await reader.FindManifestAsync(subject.WithDigest(entry.Digest), context, cancellationToken)
            .ConfigureAwait(false) is { } manifest
        && ReferrerManifest.Read(manifest).Subject == subject.Digest;

    private static RegistryException TooMany(IImageReader reader, ImageReference subject) => new(
        RegistryFault.ResponseTooLarge,
        $"more than {reader.Limits.UnclearReferrers} entries under the referrers tag of {subject} do not say what "
        + "they are");

    private static string Start(string text, int length) => text.Length > length ? text[..length] : text;
}

using MirrorValidate.Manifests;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>
/// Checks the manifests, configs and layers of a destination that is equal to the source, to a given depth.
/// </summary>
/// <param name="destination">Reads the destinations.</param>
internal sealed class DepthCheck(IImageReader destination)
{
    /// <summary>Checks a destination. Faults of its registry are among the findings.</summary>
    /// <param name="from">The source.</param>
    /// <param name="to">The destination.</param>
    /// <param name="depth">How deep to check.</param>
    /// <param name="context">The request context of the entry.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    internal async Task<DepthOutcome> RunAsync(
        ImageSide from,
        ImageSide to,
        ValidationDepth depth,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        var entryCheck = new EntryCheck(from, to);
        var walk = new ManifestWalk(destination, to.Reference, to.Platforms, depth, entryCheck, context);
        IReadOnlyList<ManifestNeeds> manifests;
        if (to.Manifest is ManifestIndex index)
        {
            bool isWhole = from.IsSingle || from.IsArtifact;
            Descriptor[] entries = [.. index.Entries.Where(entry => isWhole || to.Platforms.Includes(entry.Platform))];
            // Of the others, nothing needs to be known at that depth.
            IEnumerable<Descriptor> wanted =
                depth > ValidationDepth.List ? entries : entries.Where(entry => !entryCheck.IsCopied(entry));
            await walk.RunAsync(wanted, cancellationToken).ConfigureAwait(false);
            manifests = depth > ValidationDepth.List ? walk.Found : Unread(entries);
        }
        else
        {
            // A single manifest was read and verified already. The source's config states its platform if its own does
            // not.
            Manifest? read = depth >= ValidationDepth.Blob ? to.Manifest : null;
            manifests = [ManifestNeeds.Of(read, to.Platform ?? from.Platform)];
        }

        var blobs = new BlobWalk(destination, to.Reference, depth == ValidationDepth.Content, context);
        // Above Blob, that is only what the list names as a blob.
        await blobs.RunAsync(manifests, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Finding> findings = [.. walk.Findings, .. walk.Stated, .. blobs.Findings];
        // An entry that is wrong is a difference between the lists.
        if (walk.Stated.Any(finding => finding.Status == ValidationStatus.Failed))
            return new DepthOutcome(MirrorProof.None, findings);
        bool areBlobsAsked = depth >= ValidationDepth.Blob;
        var proof = new MirrorProof
        {
            Level = ProvenLevel(depth, walk.Findings, blobs.Findings).ToString(),
            Manifests = manifests.Count,
            Blobs = areBlobsAsked ? blobs.Found : 0,
            Bytes = blobs.Hashed,
            ForeignLayers = blobs.Foreign,
        };
        return new DepthOutcome(proof, findings);
    }

    private static ManifestNeeds[] Unread(Descriptor[] entries) =>
    [
        .. entries.DistinctBy(entry => entry.Digest)
            .Select(entry => ManifestNeeds.Of(manifest: null, entry.Platform)),
    ];

    // The deepest level at which nothing is wrong. A blob with other bytes still exists.
    private static ValidationDepth ProvenLevel(
        ValidationDepth depth, IReadOnlyList<Finding> manifests, IReadOnlyList<Finding> blobs)
    {
        if (manifests.Count > 0) return ValidationDepth.List;
        if (blobs.Count == 0) return depth;
        if (depth == ValidationDepth.Manifest) return ValidationDepth.List;
        return blobs.All(finding => finding.Reason == ValidationReason.BlobDigestMismatch)
            ? ValidationDepth.Blob
            : ValidationDepth.Manifest;
    }
}

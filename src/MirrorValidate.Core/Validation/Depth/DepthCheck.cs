using MirrorValidate.Manifests;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>
/// Looks at what a destination consists of, once it is known to be equal to the source, as deep as is wanted.
/// </summary>
/// <param name="destination">Asks destination registries.</param>
/// <param name="architectures">Which entries of a list take part.</param>
internal sealed class DepthCheck(RegistryReader destination, ArchitectureSelection architectures)
{
    /// <summary>Looks at a destination. Trouble with its registry is among the findings.</summary>
    /// <param name="from">The source.</param>
    /// <param name="to">The destination.</param>
    /// <param name="depth">How deep.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    internal async Task<DepthOutcome> RunAsync(
        ImageSide from,
        ImageSide to,
        ValidationDepth depth,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        var walk = new ManifestWalk(destination, to.Reference, architectures, depth, context);
        bool isWhole = from.IsSingle || from.IsArtifact;
        List<Descriptor> compared = to.Manifest is ManifestIndex index
            ? [.. index.Entries.Where(entry => isWhole || architectures.Includes(entry.Platform))]
            : [];
        // A single manifest was read and verified already. What its config says of the platform, the source's says,
        // too.
        IReadOnlyList<ManifestNeeds> manifests = [ManifestNeeds.Of(to.Manifest, to.Platform ?? from.Platform)];
        if (to.Manifest is ManifestIndex)
        {
            if (depth > ValidationDepth.List) await walk.RunAsync(compared, cancellationToken).ConfigureAwait(false);
            manifests = walk.Found;
        }

        var blobs = new BlobWalk(destination, to.Reference, depth == ValidationDepth.Content, context);
        if (depth >= ValidationDepth.Blob) await blobs.RunAsync(manifests, cancellationToken).ConfigureAwait(false);
        var proof = new MirrorProof
        {
            Level = ProvenLevel(depth, walk.Findings, blobs.Findings).ToString(),
            Manifests = depth == ValidationDepth.List && to.Manifest is ManifestIndex
                ? compared.DistinctBy(entry => entry.Digest).Count()
                : manifests.Count,
            Blobs = blobs.Found,
            Bytes = blobs.Hashed,
            ForeignLayers = blobs.Foreign,
        };
        return new DepthOutcome(proof, [.. walk.Findings, .. blobs.Findings]);
    }

    // The deepest level at which nothing is amiss. A blob that is there with other bytes is there.
    private static ValidationDepth ProvenLevel(
        ValidationDepth depth, IReadOnlyList<Finding> manifests, IReadOnlyList<Finding> blobs)
    {
        if (manifests.Count > 0) return ValidationDepth.List;
        if (blobs.Count == 0) return depth;
        return blobs.All(finding => finding.Reason == ValidationReason.BlobDigestMismatch)
            ? ValidationDepth.Blob
            : ValidationDepth.Manifest;
    }
}

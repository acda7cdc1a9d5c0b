using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>
/// Looks for what refers to a manifest: the referrers API, the tag that stands in for it where it answers 404, and cosign's tags. How
/// the destination serves them does not matter, and neither does what it has beyond the source.
/// </summary>
/// <param name="source">Asks source registries.</param>
/// <param name="destination">Asks destination registries.</param>
internal sealed class ReferrerCheck(IImageReader source, IImageReader destination)
{
    /// <summary>What there is to do for a manifest.</summary>
    internal Func<CancellationToken, Task<IReadOnlyList<CompletenessFinding>>> Of(
        Subject subject, ImageReference from, ImageReference to, RequestContext context) => async token =>
    {
        (ImageReference here, ImageReference there) = (from.WithDigest(subject.Digest), to.WithDigest(subject.Digest));
        List<CompletenessFinding> findings = [.. await WithFaultAsync(() => CheckReferrersAsync(subject, here, there, context, token)).ConfigureAwait(false)];
        // cosign has no tags for other algorithms: they would be too long.
        if (subject.Digest.Algorithm != "sha256") return findings;
        foreach ((string suffix, DifferenceKind kind) in ReferrerKind.CosignTags)
            findings.AddRange(await WithFaultAsync(() => CheckTagAsync(subject, $"sha256-{subject.Digest.Encoded}.{suffix}", kind, from, to, context, token)).ConfigureAwait(false));
        return findings;
    };

    private async Task<IReadOnlyList<CompletenessFinding>> CheckReferrersAsync(
        Subject subject, ImageReference from, ImageReference to, RequestContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<Descriptor> expected =
            await source.ListReferrersAsync(from, expected: [], context, cancellationToken).ConfigureAwait(false);
        if (expected.Count == 0) return [];
        IReadOnlyList<Descriptor> listed =
            await destination.ListReferrersAsync(to, expected, context, cancellationToken).ConfigureAwait(false);
        HashSet<Digest> found = [.. listed.Select(referrer => referrer.Digest)];
        var findings = new List<CompletenessFinding>();
        foreach (Descriptor referrer in expected.DistinctBy(referrer => referrer.Digest))
        {
            bool isThere = found.Contains(referrer.Digest);
            findings.AddRange(await WithFaultAsync(() => CheckAsync(subject, referrer, isThere, to, context, cancellationToken)).ConfigureAwait(false));
        }

        return findings;
    }

    private async Task<IReadOnlyList<CompletenessFinding>> CheckAsync(
        Subject subject, Descriptor referrer, bool isListed, ImageReference to, RequestContext context, CancellationToken cancellationToken)
    {
        Difference missing = Missing(ReferrerKind.Of(referrer), subject, referrer.Digest);
        if (missing.Kind == DifferenceKind.ReferrerMissing)
            missing = missing with { Detail = DifferenceTexts.ReferrerOf(referrer.ArtifactType) };
        if (!isListed) return [CompletenessFinding.Of(missing)];
        try
        {
            await destination.CheckManifestAsync(to.WithDigest(referrer.Digest), context, cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (RegistryException e) when (e.Fault == RegistryFault.NotFound)
        {
            return [CompletenessFinding.Of(missing with { Detail = DifferenceTexts.ListedOnly })];
        }
    }

    private async Task<IReadOnlyList<CompletenessFinding>> CheckTagAsync(
        Subject subject, string tag, DifferenceKind kind, ImageReference from, ImageReference to, RequestContext context, CancellationToken cancellationToken)
    {
        Manifest? expected = await source.FindManifestAsync(new ImageReference(from.Registry, from.Repository, tag), context, cancellationToken).ConfigureAwait(false);
        if (expected is null) return [];
        Manifest? actual = await destination.FindManifestAsync(new ImageReference(to.Registry, to.Repository, tag), context, cancellationToken).ConfigureAwait(false);
        return actual is not null && (actual.Digest == expected.Digest || HasAll(actual, expected))
            ? []
            : [CompletenessFinding.Of(Missing(kind, subject, expected.Digest) with { Destination = actual?.Digest.ToString() ?? "" })];
    }

    // cosign puts each further signature into the same manifest.
    private static bool HasAll(Manifest actual, Manifest expected) =>
        actual is ImageManifest destination && expected is ImageManifest { Layers.Count: > 0 } source
        && source.Layers.Select(layer => layer.Digest).ToHashSet().IsSubsetOf(destination.Layers.Select(layer => layer.Digest));

    private static Difference Missing(DifferenceKind kind, Subject subject, Digest digest) => new(kind, subject.Platform, digest.ToString(), "");

    private static async Task<IReadOnlyList<CompletenessFinding>> WithFaultAsync(Func<Task<IReadOnlyList<CompletenessFinding>>> check)
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            return [CompletenessFinding.Of(e)];
        }
    }
}

using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>
/// Looks for the referrers of a manifest, by the referrers API, by the tag that stands in where there is none, and by
/// cosign's tags. How the destination serves them does not matter, nor what else it has.
/// </summary>
/// <param name="source">Reads the sources.</param>
/// <param name="destination">Reads the destinations.</param>
internal sealed class ReferrerCheck(IImageReader source, IImageReader destination)
{
    /// <summary>The check to run for a manifest.</summary>
    internal Func<CancellationToken, Task<IReadOnlyList<Finding>>> Of(
        Subject subject, ImageReference from, ImageReference to, RequestContext context) => async token =>
    {
        var findings = new List<Finding>();
        await AddAsync(findings, () => CheckReferrersAsync(subject, from, to, context, token)).ConfigureAwait(false);
        // cosign has no tags for other algorithms: they would be too long.
        if (subject.Digest.Algorithm != "sha256") return findings;
        foreach ((string suffix, DifferenceKind kind) in ReferrerKind.CosignTags)
        {
            string tag = $"sha256-{subject.Digest.Encoded}.{suffix}";
            await AddAsync(findings, () => CheckTagAsync(subject, tag, kind, from, to, context, token))
                .ConfigureAwait(false);
        }

        return findings;
    };

    private async Task<IReadOnlyList<Finding>> CheckReferrersAsync(
        Subject subject,
        ImageReference from,
        ImageReference to,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        (ImageReference here, ImageReference there) = (from.WithDigest(subject.Digest), to.WithDigest(subject.Digest));
        IReadOnlyList<Descriptor> expected =
            await source.ListReferrersAsync(here, context, cancellationToken).ConfigureAwait(false);
        if (expected.Count == 0) return [];
        IReadOnlySet<Digest> listed = await destination.FindReferrersAsync(
            there, expected.Select(referrer => referrer.Digest), context, cancellationToken).ConfigureAwait(false);
        var findings = new List<Finding>();
        foreach (Descriptor referrer in expected.DistinctBy(referrer => referrer.Digest))
        {
            DifferenceKind kind = ReferrerKind.Of(referrer.ArtifactType, referrer.Annotations);
            Finding? finding = await ReferrerFinding.LookForAsync(
                destination,
                to.WithDigest(referrer.Digest),
                listed.Contains(referrer.Digest),
                Missing(kind, subject, referrer.Digest) with { Remedy = DifferenceTexts.CopyReferrers },
                context,
                cancellationToken).ConfigureAwait(false);
            if (finding?.Difference is { } missing)
            {
                finding = ReferrerFinding.Of(
                    await DescribeAsync(missing, referrer, from, context, cancellationToken).ConfigureAwait(false));
            }

            if (finding is not null) findings.Add(finding);
        }

        return findings;
    }

    // Clients write lists of referrers with the type of the config, or without annotations; the manifest says more. It
    // is only read to name what is missing, so no fault of the source makes that less certain.
    private async Task<Difference> DescribeAsync(
        Difference missing,
        Descriptor referrer,
        ImageReference from,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        string? type = referrer.ArtifactType;
        DifferenceKind kind = missing.Kind;
        if (!ReferrerKind.IsClear(type, referrer.Annotations)
            && await ReadAsync(from.WithDigest(referrer.Digest), context, cancellationToken).ConfigureAwait(false)
                is { } manifest)
        {
            if (manifest.ArtifactType.Length > 0) type = manifest.ArtifactType;
            kind = ReferrerKind.Of(type, manifest.Annotations);
        }

        // An artifact of no known kind is told with its type.
        bool isNamed = kind != DifferenceKind.ReferrerMissing || missing.Detail.Length > 0;
        return missing with
        {
            Kind = kind,
            Detail = isNamed ? missing.Detail : DifferenceTexts.ReferrerOf(type),
        };
    }

    private async Task<ReferrerManifest?> ReadAsync(
        ImageReference referrer, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return ReferrerManifest.Read(
                await source.GetManifestAsync(referrer, context, cancellationToken).ConfigureAwait(false));
        }
        catch (RegistryException e)
        {
            context.Log(LogLevel.Debug, () => $"the kind of a referrer is not known: {e.Message}");
            return null;
        }
    }

    private async Task<IReadOnlyList<Finding>> CheckTagAsync(
        Subject subject,
        string tag,
        DifferenceKind kind,
        ImageReference from,
        ImageReference to,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        ImageReference here = from.WithTag(tag);
        Manifest? expected = await source.FindManifestAsync(here, context, cancellationToken).ConfigureAwait(false);
        if (expected is null) return [];
        ImageReference there = to.WithTag(tag);
        Manifest? actual = await destination.FindManifestAsync(there, context, cancellationToken).ConfigureAwait(false);
        if (actual is not null && (actual.Digest == expected.Digest || HasAll(actual, expected))) return [];
        string found = actual?.Digest.ToString() ?? "";
        return
        [
            ReferrerFinding.Of(Missing(kind, subject, expected.Digest) with
            {
                Destination = found,
                Remedy = DifferenceTexts.CopyCosignTags,
            }),
        ];
    }

    // cosign puts each further signature into the same manifest.
    private static bool HasAll(Manifest actual, Manifest expected) =>
        actual is ImageManifest destination && expected is ImageManifest { Layers.Count: > 0 } source
        && source.Layers.Select(layer => layer.Digest).ToHashSet()
            .IsSubsetOf(destination.Layers.Select(layer => layer.Digest));

    private static Difference Missing(DifferenceKind kind, Subject subject, Digest digest) =>
        new(kind, subject.Platform, digest.ToString(), "");

    private static async Task AddAsync(List<Finding> findings, Func<Task<IReadOnlyList<Finding>>> check)
    {
        try
        {
            findings.AddRange(await check().ConfigureAwait(false));
        }
        catch (RegistryException e)
        {
            findings.Add(Finding.Of(e));
        }
    }
}

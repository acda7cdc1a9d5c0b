using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>Looks for the attestations that the source's index lists for the images that were compared.</summary>
/// <param name="destination">Reads the destinations.</param>
internal sealed class AttestationCheck(IImageReader destination)
{
    /// <summary>The checks to run, one for each attestation.</summary>
    internal IEnumerable<Func<CancellationToken, Task<IReadOnlyList<Finding>>>> Of(
        ImageSide from, ImageSide to, RequestContext context)
    {
        HashSet<string> listed = Listed(to);
        foreach (ListEntry entry in Expected(from))
        {
            ImageReference reference = to.Reference.WithDigest(Digest.Parse(entry.Digest));
            bool isListed = listed.Contains(entry.Digest);
            Difference missing = Missing(entry);
            yield return async token =>
                await ReferrerFinding.LookForAsync(destination, reference, isListed, missing, context, token)
                    .ConfigureAwait(false) is { } finding
                    ? [finding]
                    : [];
        }
    }

    /// <summary>The attestations that the destination does not list. Sends no request.</summary>
    internal static IReadOnlyList<Finding> FindUnlisted(ImageSide from, ImageSide to)
    {
        HashSet<string> listed = Listed(to);
        IEnumerable<ListEntry> unlisted = Expected(from).Where(entry => !listed.Contains(entry.Digest));
        return [.. unlisted.Select(entry => ReferrerFinding.Of(Missing(entry)))];
    }

    private static IEnumerable<ListEntry> Expected(ImageSide from)
    {
        IReadOnlyList<ListEntry> entries = ListEntry.Of(from);
        HashSet<string> compared =
            [.. ListEntry.Selected(entries, from.Platforms).Select(entry => entry.Digest)];
        return entries.Where(entry => entry.Attests is { } subject && compared.Contains(subject));
    }

    private static HashSet<string> Listed(ImageSide to) => [.. to.Specs.Select(spec => spec.Digest)];

    private static Difference Missing(ListEntry attestation) =>
        new(DifferenceKind.AttestationMissing, attestation.PlatformText, attestation.Digest, "");
}

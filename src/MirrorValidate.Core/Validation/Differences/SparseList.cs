using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Recognizes a list that may be sparse on purpose: the whole list is there, but for some platforms nothing was copied.
/// regsync makes such mirrors with <c>platforms:</c>, skopeo with <c>copy --multi-arch index-only</c>.
/// </summary>
internal static class SparseList
{
    /// <summary>
    /// The findings about a destination, with both causes if both are possible: whole platforms of the list are
    /// missing, others are there, and nothing else is wrong. If only one of two versions of Windows is missing, that is
    /// damage.
    /// </summary>
    /// <param name="findings">What was found at the destination.</param>
    /// <param name="destination">The destination.</param>
    internal static IReadOnlyList<Finding> Explain(IReadOnlyList<Finding> findings, ImageSide destination)
    {
        List<Finding> wrong = [.. findings.Where(finding => finding.Status != ValidationStatus.Passed)];
        if (wrong.Count == 0 || wrong.Exists(finding => !IsMissing(finding))) return findings;
        HashSet<string> digests = [.. wrong.Select(finding => finding.Difference!.Source)];
        ILookup<bool, ListEntry> entries = ListEntry.Selected(ListEntry.Of(destination), destination.Platforms)
            .ToLookup(entry => digests.Contains(entry.Digest));
        bool areWhole = digests.SetEquals(entries[true].Select(entry => entry.Digest))
            && entries[true].All(entry => entry.IsImage)
            && !entries[true].Select(entry => entry.Cpu).Intersect(entries[false].Select(entry => entry.Cpu)).Any();
        List<ListEntry> whole = [.. entries[false].Where(entry => entry.IsImage)];
        return areWhole && whole.Count > 0
            ? [.. findings.Select(finding => IsMissing(finding) ? Told(finding, [.. entries[true]], whole) : finding)]
            : findings;
    }

    private static Finding Told(Finding finding, IReadOnlyList<ListEntry> missing, IReadOnlyList<ListEntry> whole) =>
        finding with
        {
            Difference = finding.Difference! with
            {
                Detail = DifferenceTexts.Sparse(
                    ShortList.Join(", ", [.. missing.Select(ListDifferences.PlatformText).Distinct()])),
                Remedy = DifferenceTexts.SelectOrMend(ListEntry.ArgumentFor(whole, missing)),
            },
        };

    private static bool IsMissing(Finding finding) => finding.Difference?.Kind == DifferenceKind.ManifestMissing;
}

using System.Collections;
using System.Management.Automation;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>A difference of a result, as views show it.</summary>
/// <param name="Kind">The name of its <see cref="DifferenceKind"/>.</param>
/// <param name="Platform">The platform; empty for none.</param>
/// <param name="Source">What the source has.</param>
/// <param name="Destination">What the destination has.</param>
/// <param name="Explanation">The likely cause.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record DifferenceCell(
    string Kind, string Platform, string Source, string Destination, string Explanation, string Remedy)
{
    /// <summary>Whether it is told only: an entry with nothing else passes.</summary>
    internal bool IsToldOnly => DifferenceTable.Find(Kind) is { IsToldOnly: true };

    /// <summary>
    /// Whether a manifest that the destination lists is not there; <see cref="Source"/> is its digest.
    /// </summary>
    internal bool IsManifestMissing => Kind == nameof(DifferenceKind.ManifestMissing);

    /// <summary>The difference in a few words; empty where digests and platforms say it.</summary>
    internal string Note => DifferenceTable.Find(Kind)?.Note ?? "";

    /// <summary>The differences of a result, which may have come back from a file or another session.</summary>
    internal static IReadOnlyList<DifferenceCell> ReadAll(PSObject result) =>
        LanguagePrimitives.GetEnumerable(result.Properties[nameof(MirrorImageResult.Differences)]?.Value) is { } all
            ? [.. Read(all)]
            : [];

    private static IEnumerable<DifferenceCell> Read(IEnumerable all) =>
        from object? one in all
        where one is not null
        let item = PSObject.AsPSObject(one)
        select new DifferenceCell(
            ResultView.Text(item, nameof(MirrorDifference.Kind)),
            ResultView.Text(item, nameof(MirrorDifference.Platform)),
            ResultView.Text(item, nameof(MirrorDifference.Source)),
            ResultView.Text(item, nameof(MirrorDifference.Destination)),
            ResultView.Text(item, nameof(MirrorDifference.Explanation)),
            ResultView.Text(item, nameof(MirrorDifference.Remedy)));
}

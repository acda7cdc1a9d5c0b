using System.Management.Automation;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>Says what differs for each platform of a result, and which side lacks it.</summary>
/// <param name="result">The result.</param>
internal sealed class PlatformNotes(PSObject result)
{
    private readonly bool _isDestinationKnown =
        ResultView.Text(result, nameof(MirrorImageResult.DestinationDigest)).Length > 0
        || ResultView.Text(result, nameof(MirrorImageResult.Reason)) == nameof(ValidationReason.DestinationNotFound);

    private readonly bool _hasPassed =
        ResultView.Text(result, nameof(MirrorImageResult.Status)) == nameof(ValidationStatus.Passed);

    // The digest of a schema 1 image changes with every conversion and signature.
    private readonly bool _isSchema1 =
        MediaTypes.IsSchema1(ResultView.Text(result, nameof(MirrorImageResult.SourceMediaType)));

    private readonly ILookup<string, DifferenceCell> _differences =
        DifferenceCell.ReadAll(result).ToLookup(one => one.Platform, StringComparer.Ordinal);

    private readonly ILookup<string, DifferenceCell> _missing = DifferenceCell.ReadAll(result)
        .Where(one => one.IsManifestMissing)
        .ToLookup(one => one.Source, StringComparer.Ordinal);

    internal (string Note, bool DigestDiffers, bool PlatformDiffers) On(PlatformCell cell)
    {
        (string note, bool digestDiffers, bool platformDiffers) = OnSides(cell);
        IEnumerable<string> more = cell.IsAtSource ? _differences[cell.SourcePlatform].Select(one => one.Note) : [];
        return (Join(more.Prepend(note)), digestDiffers, platformDiffers);
    }

    private (string Note, bool DigestDiffers, bool PlatformDiffers) OnSides(PlatformCell cell)
    {
        if (!cell.IsAtDestination) return OnSourceOnly();
        if (!cell.IsAtSource) return ("missing at the source", !_hasPassed, !_hasPassed);
        if (_missing[cell.Destination].FirstOrDefault() is { } missing) return (missing.Note, true, false);
        bool platformDiffers = cell.SourcePlatform != cell.DestinationPlatform && !_hasPassed;
        bool digestDiffers = cell.Source != cell.Destination;
        string digestNote = !digestDiffers ? "" : _isSchema1 ? "schema 1: digests are not compared" : "digest differs";
        string platformNote = !platformDiffers ? ""
            : cell.DestinationPlatform.Length == 0 ? "the destination states no platform"
            : $"the destination says {ResultView.PlatformOf(cell.DestinationPlatform)}";
        return (Join([digestNote, platformNote]), digestDiffers && !_isSchema1 && !_hasPassed, platformDiffers);
    }

    private (string Note, bool DigestDiffers, bool PlatformDiffers) OnSourceOnly()
    {
        if (_hasPassed) return ("", false, false);
        return _isDestinationKnown
            ? ("missing at the destination", true, true)
            : ("the destination was not read", false, false);
    }

    private static string Join(IEnumerable<string> notes) =>
        string.Join("; ", notes.Where(note => note.Length > 0).Distinct());
}

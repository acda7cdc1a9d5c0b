using System.Management.Automation;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>Says of each platform of a result what differs and which side lacks it.</summary>
/// <param name="result">The result.</param>
internal sealed class SpecNotes(PSObject result)
{
    private readonly string _message = ResultView.Text(result, nameof(MirrorImageResult.Message));
    private readonly string _reason = ResultView.Text(result, nameof(MirrorImageResult.Reason));
    private readonly bool _isDestinationRead = ResultView.Text(result, nameof(MirrorImageResult.DestinationDigest)).Length > 0;
    private readonly bool _hasPassed = ResultView.Text(result, nameof(MirrorImageResult.Status)) == nameof(ValidationStatus.Passed);

    // The digest of a schema 1 image changes with every conversion and signature.
    private readonly bool _isSchema1 = MediaTypes.IsSchema1(ResultView.Text(result, nameof(MirrorImageResult.SourceMediaType)));

    private readonly ILookup<string, DifferenceCell> _differences = DifferenceCell.ReadAll(result).ToLookup(one => one.Platform, StringComparer.Ordinal);

    internal (string Note, bool DigestDiffers, bool PlatformDiffers) On(SpecPair pair)
    {
        (string note, bool digestDiffers, bool platformDiffers) = OnSpecs(pair);
        IEnumerable<string> more = pair.Source is null ? [] : _differences[pair.Source.Platform].Select(one => one.Note).Distinct();
        return (string.Join("; ", more.Prepend(note).Where(text => text.Length > 0)), digestDiffers, platformDiffers);
    }

    private (string Note, bool DigestDiffers, bool PlatformDiffers) OnSpecs(SpecPair pair)
    {
        if (pair.Destination is null) return OnSourceOnly();
        if (pair.Source is null) return ("missing at the source", !_hasPassed, !_hasPassed);
        if (_reason == nameof(ValidationReason.DestinationManifestMissing) && _message.Contains(pair.Destination.Digest, StringComparison.Ordinal))
            return ("listed, but not in the destination registry", true, false);
        bool platformDiffers = pair.Source.Platform != pair.Destination.Platform && !_hasPassed;
        bool digestDiffers = pair.Source.Digest != pair.Destination.Digest;
        string digestNote = !digestDiffers ? "" : _isSchema1 ? "schema 1: digests are not compared" : "digest differs";
        string platformNote = !platformDiffers ? ""
            : pair.Destination.Platform.Length == 0 ? "the destination states no platform"
            : $"the destination says {ResultView.PlatformOf(pair.Destination)}";
        return (
            string.Join("; ", new[] { digestNote, platformNote }.Where(note => note.Length > 0)),
            digestDiffers && !_isSchema1 && !_hasPassed,
            platformDiffers);
    }

    private (string Note, bool DigestDiffers, bool PlatformDiffers) OnSourceOnly()
    {
        if (_hasPassed) return ("", false, false);
        return _isDestinationRead || _reason == nameof(ValidationReason.DestinationNotFound)
            ? ("missing at the destination", true, true)
            : ("the destination was not read", false, false);
    }
}

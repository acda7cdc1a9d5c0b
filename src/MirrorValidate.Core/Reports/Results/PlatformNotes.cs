using MirrorValidate.Manifests;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Reports.Results;

/// <summary>Says what differs for each platform of a result, and which side lacks it.</summary>
internal sealed class PlatformNotes
{
    private readonly bool _isDestinationKnown;
    private readonly bool _hasPassed;

    // The digest of a schema 1 image changes with every conversion and signature.
    private readonly bool _isSchema1;

    private readonly ILookup<string, MirrorDifference> _differences;
    private readonly ILookup<string, MirrorDifference> _missing;

    /// <param name="result">The result.</param>
    internal PlatformNotes(MirrorImageResult result)
    {
        _isDestinationKnown = result.DestinationDigest.Length > 0
            || result.Reason == nameof(ValidationReason.DestinationNotFound);
        _hasPassed = result.Status == nameof(ValidationStatus.Passed);
        _isSchema1 = MediaTypes.IsSchema1(result.SourceMediaType);
        _differences = result.Differences.ToLookup(one => one.Platform, StringComparer.Ordinal);
        _missing = result.Differences
            .Where(one => one.Kind == nameof(DifferenceKind.ManifestMissing))
            .ToLookup(one => one.Source, StringComparer.Ordinal);
    }

    /// <summary>What is said of a platform of the result.</summary>
    internal PlatformNote On(MirrorPlatform platform)
    {
        PlatformNote note = OnSides(platform);
        if (platform.SourceDigest.Length == 0) return note;
        IEnumerable<string> more = _differences[platform.SourcePlatform].Select(NoteOf);
        return note with { Text = Join(more.Prepend(note.Text)) };
    }

    private PlatformNote OnSides(MirrorPlatform platform)
    {
        if (platform.DestinationDigest.Length == 0) return OnSourceOnly();
        if (platform.SourceDigest.Length == 0) return new("missing at the source", !_hasPassed, !_hasPassed);
        if (_missing[platform.DestinationDigest].FirstOrDefault() is { } missing)
            return new(NoteOf(missing), DigestDiffers: true, PlatformDiffers: false);
        bool platformDiffers = platform.SourcePlatform != platform.DestinationPlatform && !_hasPassed;
        bool digestDiffers = platform.SourceDigest != platform.DestinationDigest;
        string digestNote = !digestDiffers ? "" : _isSchema1 ? "schema 1: digests are not compared" : "digest differs";
        string platformNote = !platformDiffers ? ""
            : platform.DestinationPlatform.Length == 0 ? "the destination states no platform"
            : $"the destination says {platform.DestinationPlatform}";
        return new(Join([digestNote, platformNote]), digestDiffers && !_isSchema1 && !_hasPassed, platformDiffers);
    }

    private PlatformNote OnSourceOnly()
    {
        if (_hasPassed) return new("", DigestDiffers: false, PlatformDiffers: false);
        return _isDestinationKnown
            ? new("missing at the destination", DigestDiffers: true, PlatformDiffers: true)
            : new("the destination was not read", DigestDiffers: false, PlatformDiffers: false);
    }

    private static string NoteOf(MirrorDifference difference) => DifferenceTable.Find(difference.Kind)?.Note ?? "";

    private static string Join(IEnumerable<string> notes) =>
        string.Join("; ", notes.Where(note => note.Length > 0).Distinct());
}

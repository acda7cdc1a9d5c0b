using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Comparison;

/// <summary>
/// Compares what was read of two sides. Sends no request; <see cref="Depth.DepthCheck"/> checks that what is equal
/// exists.
/// </summary>
internal static class ManifestComparer
{
    /// <summary>Why a source cannot be compared; <see langword="null"/> where it can.</summary>
    internal static Finding? CheckSource(ImageSide source)
    {
        if (source.Manifest is UnknownManifest unknown)
            return Finding.Of(ValidationReason.SourceUnsupported, Printable.Of(unknown.MediaType));
        return source.Selected().Count == 0
            ? Finding.Of(ValidationReason.NoMatchingPlatform, source.Platforms.ToString())
            : null;
    }

    /// <summary>The proven difference between two sides; <see langword="null"/> where none is.</summary>
    internal static Finding? Compare(ImageSide source, ImageSide destination, ValidationOptions options)
    {
        bool byDigest = options.Comparison == ComparisonMode.Digest || source.IsArtifact;
        if (byDigest && (IsRebuilt(source) || IsRebuilt(destination)))
            return new Finding(ValidationReason.SourceUnsupported, "the digest of an image is not known");
        if (byDigest) return CompareDigests(source, destination);
        bool isList = destination.Manifest is ManifestIndex
            || (options.Comparison == ComparisonMode.Platform && destination.IsSingle);
        if (!isList) return NotAList(destination);
        if (destination.Specs.Count == 0) return Finding.Of(ValidationReason.DestinationListEmpty);
        return source.IsSingle
            ? CompareSingle(source, destination)
            : CompareLists(source, destination);
    }

    private static bool IsRebuilt(ImageSide side) => side.Manifest is ManifestIndex { IsRebuilt: true };

    // The same bytes under a media type that no client knows are no mirror: nothing can be pulled.
    private static Finding? CompareDigests(ImageSide source, ImageSide destination)
    {
        if (source.Manifest.Digest != destination.Manifest.Digest)
            return DigestMismatch(source.Manifest.Digest.ToString(), destination.Manifest.Digest.ToString());
        return destination.Manifest is UnknownManifest ? NotAList(destination) : null;
    }

    private static Finding? CompareSingle(ImageSide source, ImageSide destination)
    {
        if (destination.Specs.Count != 1) return Finding.Of(ValidationReason.DestinationListLength);
        ManifestSpec expected = source.Specs[0];
        ManifestSpec actual = destination.Specs[0];
        // A schema 1 digest changes with every conversion and signature.
        return source.Manifest is Schema1Manifest || expected.Digest == actual.Digest
            ? null
            : DigestMismatch(expected.Digest, actual.Digest);
    }

    /// <summary>
    /// The difference between the platforms of a single image and of the destination's only entry, which is known to
    /// exist.
    /// </summary>
    internal static Finding? CompareSinglePlatform(ImageSide source, ImageSide destination)
    {
        Platform from = source.Platform ?? new Platform();
        Platform to = destination.Specs[0].Platform ?? new Platform();
        if (from.Architecture != to.Architecture) return Differs("arch", from.Architecture, to.Architecture);
        if (from.OS != to.OS) return Differs("os", from.OS, to.OS);
        if (from.Variant != to.Variant) return Differs("Variant", from.Variant, to.Variant);
        if (to.OSVersion.Length == 0 || to.OSVersion == from.OSVersion) return null;
        return from.OSVersion.Length == 0
            ? new Finding(
                ValidationReason.PlatformMismatch,
                $"dest os.version is \"{Printable.Of(to.OSVersion)}\", should be empty")
            : Differs("os.version", from.OSVersion, to.OSVersion);
    }

    private static Finding? CompareLists(ImageSide source, ImageSide destination)
    {
        IEnumerable<EntryIdentity> expected = Sorted(source.Selected());
        IEnumerable<EntryIdentity> actual =
            Sorted(WithPlatformsOf(source, destination).Where(spec => source.Platforms.Includes(spec.Platform)));
        return expected.SequenceEqual(actual)
            ? null
            : Finding.Of(
                ValidationReason.SpecMismatch,
                source.Reference.Name,
                destination.Reference.Name,
                source.Reference.Identifier);
    }

    /// <summary>
    /// The destination's entries. Where the config of a single image leaves something open, the source's entry of the
    /// same digest completes it: an index often states the variant of an arm64 image whose config does not.
    /// </summary>
    internal static IEnumerable<ManifestSpec> WithPlatformsOf(ImageSide source, ImageSide destination)
    {
        if (!destination.IsSingle || destination.Platform is not { } own) return destination.Specs;
        Platform? stated = source.Specs.FirstOrDefault(spec => spec.Digest == destination.Specs[0].Digest)?.Platform;
        if (stated is null || stated.Architecture != own.Architecture || stated.OS != own.OS) return destination.Specs;
        Platform completed = own with
        {
            Variant = own.Variant.Length > 0 ? own.Variant : stated.Variant,
            OSVersion = stated.OSVersion.Length > 0 && own.OSVersion.Length > 0 ? own.OSVersion : stated.OSVersion,
        };
        return [destination.Specs[0] with { Platform = completed }];
    }

    // Sorted by every member, equal multisets are equal sequences.
    private static IEnumerable<EntryIdentity> Sorted(IEnumerable<ManifestSpec> specs) => specs
        .Select(static spec => EntryIdentity.Of(spec.Digest, spec.Platform))
        .OrderBy(entry => entry.Digest, StringComparer.Ordinal)
        .ThenBy(entry => entry.Architecture, StringComparer.Ordinal)
        .ThenBy(entry => entry.OS, StringComparer.Ordinal)
        .ThenBy(entry => entry.Variant, StringComparer.Ordinal)
        .ThenBy(entry => entry.OSVersion, StringComparer.Ordinal);

    private static Finding NotAList(ImageSide destination) =>
        Finding.Of(ValidationReason.DestinationNotAList, Printable.Of(destination.Manifest.MediaType));

    private static Finding DigestMismatch(string source, string destination) =>
        Finding.Of(ValidationReason.DigestMismatch, source, destination);

    private static Finding Differs(string what, string source, string destination) =>
        Finding.Of(ValidationReason.PlatformMismatch, what, Printable.Of(source), Printable.Of(destination));
}

using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Validation;

/// <summary>Compares what was read of two sides. Asks no registry; existence of what is equal is checked by <see cref="MirrorValidator"/>.</summary>
internal static class ManifestComparer
{
    /// <summary>Why nothing can be compared with a source, <see langword="null"/> where something can.</summary>
    internal static Verdict? CheckSource(ImageSide source, ArchitectureSelection architectures)
    {
        if (source.Manifest is UnknownManifest unknown)
            return Verdict.Error(ValidationReason.SourceUnsupported, $"unsupported MIME type \"{Printable.Of(unknown.MediaType)}\"");
        return source.Select(architectures).Count == 0
            ? Verdict.Error(ValidationReason.NoMatchingPlatform, $"no image available for specified arch list [{architectures}]")
            : null;
    }

    /// <summary>The proven difference between two sides, <see langword="null"/> where none is.</summary>
    internal static Verdict? Compare(ImageSide source, ImageSide destination, ValidationOptions options)
    {
        if (options.Comparison == ComparisonMode.Digest || source.IsArtifact) return CompareDigests(source, destination);
        bool isList = destination.Manifest is ManifestIndex || (options.Comparison == ComparisonMode.Platform && destination.IsSingle);
        if (!isList) return NotAList(destination);
        if (destination.Specs.Count == 0) return Verdict.Failed(ValidationReason.DestinationListEmpty, "destination manifest list is empty");
        return source.IsSingle
            ? CompareSingle(source, destination)
            : CompareLists(source, destination, options.Architectures);
    }

    // The same bytes under a type that no client knows are no mirror: nothing of them can be pulled, or was looked for.
    private static Verdict? CompareDigests(ImageSide source, ImageSide destination)
    {
        if (source.Manifest.Digest != destination.Manifest.Digest)
            return DigestMismatch(source.Manifest.Digest.ToString(), destination.Manifest.Digest.ToString());
        return destination.Manifest is UnknownManifest ? NotAList(destination) : null;
    }

    private static Verdict? CompareSingle(ImageSide source, ImageSide destination)
    {
        if (destination.Specs.Count != 1)
            return Verdict.Failed(ValidationReason.DestinationListLength, "destination manifest list length should be 1");
        ManifestSpec expected = source.Specs[0];
        ManifestSpec actual = destination.Specs[0];
        // A schema 1 digest changes with every conversion and signature.
        if (source.Manifest is not Schema1Manifest && expected.Digest != actual.Digest) return DigestMismatch(expected.Digest, actual.Digest);
        return null;
    }

    /// <summary>The difference between the platforms of a single image and of the destination's only entry, which is known to exist.</summary>
    internal static Verdict? CompareSinglePlatform(ImageSide source, ImageSide destination)
    {
        Platform from = source.Platform ?? new Platform();
        Platform to = destination.Specs[0].Platform ?? new Platform();
        if (from.Architecture != to.Architecture) return Differs("arch", from.Architecture, to.Architecture);
        if (from.OS != to.OS) return Differs("os", from.OS, to.OS);
        if (from.Variant != to.Variant) return Differs("Variant", from.Variant, to.Variant);
        if (to.OSVersion.Length == 0 || to.OSVersion == from.OSVersion) return null;
        return from.OSVersion.Length == 0
            ? Verdict.Failed(ValidationReason.PlatformMismatch, $"dest os.version is \"{Printable.Of(to.OSVersion)}\", should be empty")
            : Differs("os.version", from.OSVersion, to.OSVersion);
    }

    private static Verdict? CompareLists(ImageSide source, ImageSide destination, ArchitectureSelection architectures)
    {
        IEnumerable<SpecKey> expected = Sorted(source.Select(architectures));
        IEnumerable<SpecKey> actual = Sorted(WithPlatformsOf(source, destination).Where(spec => architectures.Includes(spec.Platform)));
        return expected.SequenceEqual(actual)
            ? null
            : Verdict.Failed(
                ValidationReason.SpecMismatch,
                $"source manifest \"{source.Reference.Name}\" != dest \"{destination.Reference.Name}\", tag \"{source.Reference.Identifier}\"");
    }

    // What the config of a single destination leaves open, the source's entry of the same digest may say: an index often states the
    // variant of an arm64 image whose config does not. The digest vouches that both speak of the same image.
    internal static IEnumerable<ManifestSpec> WithPlatformsOf(ImageSide source, ImageSide destination)
    {
        if (!destination.IsSingle || destination.Platform is not { } own) return destination.Specs;
        Platform? stated = source.Specs.FirstOrDefault(spec => spec.Digest == destination.Specs[0].Digest)?.Platform;
        if (stated is null || stated.Architecture != own.Architecture || stated.OS != own.OS) return destination.Specs;
        return
        [
            destination.Specs[0] with
            {
                Platform = own with
                {
                    Variant = own.Variant.Length > 0 ? own.Variant : stated.Variant,
                    OSVersion = own.OSVersion.Length > 0 && stated.OSVersion.Length > 0 ? own.OSVersion : stated.OSVersion,
                },
            },
        ];
    }

    // By every member that is compared, so that equal multisets are equal sequences.
    private static IEnumerable<SpecKey> Sorted(IEnumerable<ManifestSpec> specs) => specs
        .Select(static spec => SpecKey.Of(spec.Digest, spec.Platform))
        .OrderBy(key => key.Digest, StringComparer.Ordinal)
        .ThenBy(key => key.Architecture, StringComparer.Ordinal)
        .ThenBy(key => key.OS, StringComparer.Ordinal)
        .ThenBy(key => key.Variant, StringComparer.Ordinal)
        .ThenBy(key => key.OSVersion, StringComparer.Ordinal);

    private static Verdict NotAList(ImageSide destination) => Verdict.Failed(
        ValidationReason.DestinationNotAList, $"destination manifest MIME type unknown: {Printable.Of(destination.Manifest.MediaType)}");

    private static Verdict DigestMismatch(string source, string destination) =>
        Verdict.Failed(ValidationReason.DigestMismatch, $"source digest \"{source}\" != dest digest \"{destination}\"");

    private static Verdict Differs(string what, string source, string destination) =>
        Verdict.Failed(ValidationReason.PlatformMismatch, $"source {what} \"{Printable.Of(source)}\" != dest {what} \"{Printable.Of(destination)}\"");
}

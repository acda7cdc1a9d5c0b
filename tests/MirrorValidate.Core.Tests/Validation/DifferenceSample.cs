using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>A mirror that has one kind of difference.</summary>
/// <param name="Source">What the source has.</param>
/// <param name="Destination">What the destination has.</param>
internal sealed record DifferenceSample(BuiltManifest Source, BuiltManifest? Destination)
{
    private static readonly BuiltManifest Image = SampleImages.Image("s");
    private static readonly BuiltManifest Wrapped = SampleImages.Wrapped(Image);
    private static readonly BuiltManifest Attested =
        SampleImages.OciIndex("s", [ImagePlatform.LinuxAmd64], attestations: true);

    /// <summary>What happens to the registries after both have their images.</summary>
    private Action<MirrorPair> Then { get; init; } = _ => { };

    private Func<ValidationOptions, ValidationOptions> With { get; init; } = options => options;

    private ComparisonMode Comparison { get; init; } = ComparisonMode.ManifestList;

    private ValidationDepth Depth { get; init; } = ValidationDepth.Manifest;

    private bool IsPinned { get; init; }

    /// <summary>A mirror with a difference of a kind; its platform is linux/amd64 where it has one.</summary>
    internal static DifferenceSample Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.ImageMissing => new(Image, null),
        DifferenceKind.NotAList => new(SampleImages.DockerList("s"), SampleImages.Image("other")),
        DifferenceKind.MediaTypeDiffers =>
            new(Image, SampleImages.DockerList("s")) { Comparison = ComparisonMode.Digest },
        DifferenceKind.MissingPlatform => Lists(["1 linux/amd64", "2 linux/arm64"], ["2 linux/arm64"]),
        DifferenceKind.ExtraPlatform => Lists(["2 linux/arm64"], ["1 linux/amd64", "2 linux/arm64"]),
        DifferenceKind.NestedIndex => new(Wrapped, new IndexBuilder()
            .Add(new IndexEntry(SampleImages.DockerList("other")) { Platform = ImagePlatform.LinuxAmd64 }).Build()),
        DifferenceKind.PlatformDiffers => Lists(["1 linux/amd64"], ["1 linux/arm64"]),
        DifferenceKind.VariantDiffers => Lists(["1 linux/amd64"], ["1 linux/amd64/v2"]),
        DifferenceKind.OSVersionDiffers => Lists(["1 linux/amd64"], ["1 linux/amd64:5"]),
        DifferenceKind.OSFeaturesDiffer => Lists(["1 linux/amd64 a"], ["1 linux/amd64"]),
        DifferenceKind.DigestDiffers => Lists(["1 linux/amd64"], ["2 linux/amd64"]),
        DifferenceKind.Reordered =>
            Lists(["1 linux/amd64", "2 linux/arm64"], ["2 linux/arm64", "1 linux/amd64"]),
        DifferenceKind.FilteredIndex => Lists(["1 linux/amd64", "2 linux/arm64"], ["1 linux/amd64"]),
        DifferenceKind.ManifestMissing => new(Wrapped, Wrapped)
        {
            Then = pair => pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Image.Digest),
        },
        DifferenceKind.DescriptorMismatch =>
            new(Wrapped, new IndexBuilder().Add(new IndexEntry(Image) { Size = 1 }).Build()),
        DifferenceKind.SourceDescriptorMismatch =>
            new(new IndexBuilder().Add(new IndexEntry(Image) { Size = 1 }).Build(), Wrapped),
        DifferenceKind.BlobMissing => Damaged(pair =>
            pair.Destination.Store.DeleteBlob(MirrorPair.DestinationRepository, Image.Blobs[1].Digest)),
        DifferenceKind.BlobSizeMismatch => Damaged(pair => Replace(pair, content => content[..^1])),
        DifferenceKind.BlobDigestMismatch =>
            Damaged(pair => Replace(pair, content => [.. content.Select(one => (byte)~one)])),
        DifferenceKind.MediaTypeConverted => Explained(ChangedImages.Converted(Image)),
        DifferenceKind.Recompressed => Explained(ChangedImages.Recompressed(ImageFormat.Docker)),
        DifferenceKind.StaleTag => Explained(ChangedImages.Older("s")),
        DifferenceKind.Rebuilt => Explained(SampleImages.Image("other")),
        DifferenceKind.ConfigDiffers => Explained(ChangedImages.Configured(Image)),
        DifferenceKind.ManifestRewritten => Explained(ChangedImages.Rewritten(Image)),
        DifferenceKind.AttestationMissing =>
            new(Attested, SampleImages.Filtered(Attested, platform => platform != ImagePlatform.Unknown))
            {
                With = options => options with { IncludeAttestation = true },
            },
        DifferenceKind.SignatureMissing => Unreferred("application/vnd.cncf.notary.signature"),
        DifferenceKind.SbomMissing => Unreferred("application/spdx+json"),
        DifferenceKind.ReferrerMissing => Unreferred("application/vnd.example"),
        DifferenceKind.TagDrift => new(Wrapped, Wrapped)
        {
            Then = pair => Image.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1"),
            IsPinned = true,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The result of its validation.</summary>
    internal async Task<MirrorImageResult> ValidateAsync()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Source, Destination);
        Then(pair);
        pair.With = With;
        pair.Depth = Depth;
        string line = IsPinned ? $"{pair.Line}@{Source.Digest}" : pair.Line;
        return await pair.ValidateAsync(Comparison, line: line);
    }

    private static DifferenceSample Lists(string[] source, string[] destination) =>
        new(NumberedImages.List(source), NumberedImages.List(destination));

    private static DifferenceSample Damaged(Action<MirrorPair> then) =>
        new(Wrapped, Wrapped) { Then = then, Depth = ValidationDepth.Content };

    private static DifferenceSample Explained(BuiltManifest image) =>
        new(Wrapped, SampleImages.Wrapped(image)) { With = options => options with { Explain = true } };

    private static DifferenceSample Unreferred(string artifactType) => new(Wrapped, Wrapped)
    {
        Then = pair => ArtifactBuilder.Referrer(Image, artifactType)
            .PutInto(pair.Source.Store, MirrorPair.SourceRepository, null),
        With = options => options with { IncludeReferrer = true },
    };

    private static void Replace(MirrorPair pair, Func<byte[], byte[]> change) => pair.Destination.Store.PutBlob(
        MirrorPair.DestinationRepository, change(Image.Blobs[1].Content.ToArray()), Image.Blobs[1].Digest);
}

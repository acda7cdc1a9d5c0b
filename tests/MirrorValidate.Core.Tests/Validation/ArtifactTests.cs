using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Entries of a list that are no images: charts, signatures, bundles. They are compared by digest, in every mode.</summary>
public sealed class ArtifactTests
{
    private static readonly BuiltManifest Image = SampleImages.Image("s");

    public static TheoryData<string, BuiltManifest> Artifacts() => new()
    {
        { "a chart", ArtifactBuilder.HelmChart("s") },
        { "an artifact with an empty config", ArtifactBuilder.Referrer(Image, "application/vnd.example") },
        { "an artifact with an image config", new ArtifactBuilder { ArtifactType = "application/vnd.example", Config = Image.Blobs[0] with { MediaType = RegistryMediaTypes.OciConfig }, Layers = [] }.Build() },
        { "a signature", ArtifactBuilder.CosignSignature(Image) },
        { "an attestation", ArtifactBuilder.Attestation(Image) },
        { "an index that says which artifact it is", Index("application/vnd.example.bundle", Image) },
        { "an index of artifacts", IndexOf("application/vnd.example") },
    };

    [Theory]
    [MemberData(nameof(Artifacts))]
    public async Task The_same_passes_and_another_is_a_digest_mismatch(string what, BuiltManifest artifact)
    {
        Assert.NotEmpty(what);
        foreach (ComparisonMode mode in Enum.GetValues<ComparisonMode>())
        {
            await using MirrorPair pair = await MirrorPair.StartAsync(artifact);
            MirrorImageResult result = await pair.ValidateAsync(mode);
            ResultAssert.Passed(result);
            Assert.Empty(result.Differences);
            Assert.NotEmpty(result.SourceSpec);

            foreach (BuiltManifest other in new[] { ArtifactBuilder.HelmChart("other"), Image, SampleImages.Wrapped(artifact), SampleImages.DockerList("s") })
            {
                other.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
                MirrorImageResult failed = await pair.ValidateAsync(mode);
                ResultAssert.Failed(ValidationReason.DigestMismatch, "source digest", failed);
                Assert.NotEmpty(failed.Differences);
            }
        }
    }

    [Fact]
    public async Task What_replaced_an_artifact_is_told()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(ArtifactBuilder.HelmChart("s"), Image);
        MirrorDifference difference = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Equal("DigestDiffers", difference.Kind);
        Assert.Contains("not an image", difference.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_an_index_of_artifacts_lists_must_be_there()
    {
        BuiltManifest index = Index("application/vnd.example.bundle", Image);
        await using MirrorPair pair = await MirrorPair.StartAsync(index);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Image.Digest);
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image", await pair.ValidateAsync());
    }

    [Fact]
    public async Task What_an_index_of_artifacts_lacks_is_an_entry_and_not_a_platform()
    {
        BuiltManifest other = SampleImages.Image("other");
        await using MirrorPair pair = await MirrorPair.StartAsync(
            Index("application/vnd.example.bundle", Image, other), Index("application/vnd.example.bundle", Image));
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal([$"MissingPlatform||{other.Digest}|"], DifferenceTests.Told(result));
        Assert.StartsWith("This entry was not mirrored", result.Differences[0].Explanation, StringComparison.Ordinal);
        Assert.Contains("copies artifacts as they are", result.Differences[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_with_platforms_is_of_images_whatever_type_it_states()
    {
        BuiltManifest index = WithArtifactType(SampleImages.OciIndex("s"), "application/vnd.example.bundle");
        await using MirrorPair pair = await MirrorPair.StartAsync(index, SampleImages.Filtered(SampleImages.OciIndex("s"), platform => platform.Architecture == "amd64"));
        ResultAssert.Passed(await pair.ValidateAsync(architectures: "amd64"));
    }

    [Fact]
    public async Task An_index_of_artifacts_without_entries_does_not_pass()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Index("application/vnd.example.bundle"));
        ResultAssert.Error(ValidationReason.NoMatchingPlatform, "no image available", await pair.ValidateAsync());
    }

    private static BuiltManifest Index(string artifactType, params BuiltManifest[] entries)
    {
        var index = new IndexBuilder(ImageFormat.Oci);
        foreach (BuiltManifest entry in entries) index.Add(new IndexEntry(entry) { Platform = null });
        return WithArtifactType(index.Build(), artifactType);
    }

    private static BuiltManifest IndexOf(string artifactType)
    {
        BuiltManifest index = new IndexBuilder(ImageFormat.Oci).Add(ArtifactBuilder.Referrer(Image, artifactType)).Build();
        return Edited(index, json => json.Replace("\"digest\"", $"\"artifactType\": \"{artifactType}\", \"digest\"", StringComparison.Ordinal));
    }

    private static BuiltManifest WithArtifactType(BuiltManifest index, string artifactType) =>
        Edited(index, json => json.Replace("\"manifests\"", $"\"artifactType\": \"{artifactType}\", \"manifests\"", StringComparison.Ordinal));

    private static BuiltManifest Edited(BuiltManifest index, Func<string, string> edit) =>
        new(index.MediaType, Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(index.Content.Span)))) { Children = index.Children };
}

using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// Schema 1 sources. Each copy has another digest, so only the platform is compared. A registry that converts for old
/// clients must be asked so that it does not convert.
/// </summary>
public sealed class Schema1VerdictTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly BuiltManifest Amd64 = SampleImages.Image("image");
    private static readonly BuiltManifest Arm64 = SampleImages.Image("image", platform: ImagePlatform.LinuxArm64);

    public static TheoryData<MirrorCase> Cases { get; } = new()
    {
        Mirrored("schema1-wrapped", SampleImages.Wrapped(Amd64), Expected.Passed(requests: 3)),
        Mirrored("schema1-wrapped-in-an-index", SampleImages.Wrapped(SampleImages.Image("image", ImageFormat.Oci)), Expected.Passed(requests: 3)),
        Mirrored("schema1-beside-another", new IndexBuilder().Add(Amd64).Add(Arm64).Build(), Expected.Failed(
            ValidationReason.DestinationListLength, "destination manifest list length should be 1")),
        Mirrored("schema1-other-arch", SampleImages.Wrapped(Arm64), Expected.Failed(
            ValidationReason.PlatformMismatch, "source arch \"amd64\" != dest arch \"arm64\"")),
        Mirrored("schema1-empty-list", new IndexBuilder().Build(), Expected.Failed(
            ValidationReason.DestinationListEmpty, "destination manifest list is empty")),
        Mirrored("schema1-child-gone", SampleImages.Wrapped(Amd64), Expected.Failed(
            ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{{destination}}@{Amd64.Digest} (linux/amd64)]")) with
        {
            Damage = async (registry, repository) =>
            {
                using RegistryPusher client = registry.CreatePusher();
                await client.DeleteManifestAsync(repository, Amd64.Digest);
            },
        },
        new MirrorCase("schema1-as-newer-image", Schema1("schema1-as-newer-image"), Amd64)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest), Platform = Expected.Passed(requests: 3), Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("schema1-as-newer-image-of-another-arch", Schema1("schema1-as-newer-image-of-another-arch"), Arm64)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest),
            Platform = Expected.Failed(ValidationReason.PlatformMismatch, "source arch \"amd64\" != dest arch \"arm64\""),
            Digest = Expected.TagDigestMismatch,
        },
        MirrorCase.InAllModes("schema1-absent", Schema1("schema1-absent"), null, Expected.DestinationNotFound),
        new MirrorCase("schema1-copied", Schema1("schema1-copied"))
        {
            Copy = new SkopeoCopyOptions { Format = "v2s1" },
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerSchema1Signed),
            Platform = Expected.Passed(requests: 2),
            Digest = Expected.TagDigestMismatch,
        },
    };

    [RealRegistryTheory]
    [MemberData(nameof(Cases))]
    public Task Verdict(MirrorCase mirror) => mirror.CheckAsync(registries.Pair);

    [RealRegistryFact]
    public async Task A_list_of_schema_1_images_is_taken_as_the_list_that_it_is()
    {
        RegistryPair pair = registries.Pair;
        await pair.PushAsync(SampleImages.DockerList("new"), "new");
        await Skopeo.CopyAsync(
            $"{pair.Source.Host}/library/new:v1", $"{pair.Source.Host}/library/old:v1", new SkopeoCopyOptions { Format = "v2s1" });
        // With another name skopeo would sign each image again, and the list would change.
        await Skopeo.CopyAsync($"{pair.Source.Host}/library/old:v1", $"{pair.Destination.Host}/library/old:v1");

        using var run = new ValidationRun();
        MirrorImageResult result = await run.ValidateAsync($"{pair.Source.Host}/library/old {pair.Destination.Host}/library/old v1");

        Expected.Passed(requests: 4).Check(result);
        Assert.Equal((RegistryMediaTypes.DockerList, RegistryMediaTypes.DockerList), (result.SourceMediaType, result.DestinationMediaType));
        Assert.Equal(["linux/amd64", "linux/arm64/v8"], result.DestinationSpec.Select(spec => $"{spec.Platform}"));
    }

    private static MirrorCase Mirrored(string name, BuiltManifest mirror, Expected expected) => new(name, Schema1(name), mirror)
    {
        ManifestList = expected,
        Platform = expected,
        Digest = Expected.TagDigestMismatch,
    };

    // Such a manifest contains the name of its repository.
    private static BuiltManifest Schema1(string name) => SampleImages.Schema1("image", $"library/{name}", "v1");
}

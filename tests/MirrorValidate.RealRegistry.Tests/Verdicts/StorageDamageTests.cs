using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// Loss and damage on a registry's disk after mirroring. Content that gets a 404 does not exist; content that the
/// registry cannot serve, or serves wrongly, is an error that names the side.
/// </summary>
public sealed class StorageDamageTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly BuiltManifest Other = SampleImages.DockerList("other");

    public static TheoryData<DamageCase> Cases { get; } =
    [
        AtSource("list taken out of the repository", TakeOutList, _ => SourceNotFound),
        AtSource("bytes of the list lost", LoseList, _ => SourceNotFound),
        AtSource("list truncated", TruncateList, _ => Broken("source")),
        AtSource("list overwritten", OverwriteList, _ => Broken("source")),
        AtSource("list swapped for another", SwapList, _ => Unverified("source")),
        AtSource("image lost", LoseImage, _ => Expected.Passed(requests: 4)),

        AtDestination("list taken out of the repository", TakeOutList, _ => Expected.DestinationNotFound),
        AtDestination("bytes of the list lost", LoseList, _ => Expected.DestinationNotFound),
        AtDestination("list truncated", TruncateList, _ => Broken("destination")),
        AtDestination("list overwritten", OverwriteList, _ => Broken("destination")),
        AtDestination("list swapped for another", SwapList, _ => Unverified("destination")),
        AtDestination("image lost", LoseImage, list => Missing($"{{destination}}@{list.Children[0].Digest} (linux/amd64)")),
        AtDestination("image taken out of the repository", TakeOutImage, list => Missing($"{{destination}}@{list.Children[1].Digest} (linux/arm64/v8)")),
        AtDestination("both images lost", LoseImages, list => Missing(string.Join(", ", list.Children.Take(2)
            .Select(child => $"{{destination}}@{child.Digest} ({child.Platform})")))),
        AtDestination("image overwritten", OverwriteImage, list => Expected.Error(
            ValidationReason.RegistryUnavailable,
            "destination registry {destinationHost}: HEAD /v2/",
            $"/manifests/{list.Children[0].Digest}: 500 Internal Server Error (2 attempts)")),
        AtDestination("image of an architecture not asked for lost", LoseUnselected, _ => Expected.Passed(requests: 4)),
    ];

    private static Expected SourceNotFound => Expected.Error(
        ValidationReason.SourceNotFound, "source manifest does not exists", "source registry {sourceHost}", "404 Not Found: MANIFEST_UNKNOWN");

    [RealRegistryTheory]
    [MemberData(nameof(Cases))]
    public async Task Verdict(DamageCase damage)
    {
        BuiltManifest list =
            SampleImages.DockerList($"{damage}", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64, ImagePlatform.LinuxS390x]);
        string name = list.Digest[7..20];
        string line = await registries.Pair.AddAsync(list, name);
        if (damage.Side == "source") damage.Do(registries.Pair.Source.Storage, $"library/{name}", list);
        else damage.Do(registries.Pair.Destination.Storage, $"mirror/{name}", list);

        foreach (ComparisonMode mode in Enum.GetValues<ComparisonMode>())
        {
            using var run = new ValidationRun(options: new ValidationOptions { Comparison = mode });
            MirrorImageResult result = await run.ValidateAsync(line);
            damage.Expected(list).Check(result);
            Assert.Equal(list.Digest, damage.Side == "source" ? result.DestinationDigest : result.SourceDigest);
        }
    }

    [RealRegistryFact]
    public async Task An_image_whose_config_is_lost_is_told_as_that()
    {
        BuiltManifest image = SampleImages.Image("config lost");
        string line = await registries.Pair.AddAsync(image, "config-lost");
        using var run = new ValidationRun(options: new ValidationOptions { Comparison = ComparisonMode.Platform });
        Expected.Passed(requests: 4).Check(await run.ValidateAsync(line));

        registries.Pair.Destination.Storage.RemoveBlob(image.Blobs[0].Digest);
        Expected.Failed(
            ValidationReason.BlobMissing,
            "destination image config does not exists: destination registry {destinationHost}: GET /v2/",
            $"/blobs/{image.Blobs[0].Digest}: 404 Not Found: BLOB_UNKNOWN").Check(await run.ValidateAsync(line));

        registries.Pair.Source.Storage.ReplaceBlobSameSize(image.Blobs[0].Digest);
        Expected.Error(
            ValidationReason.DigestVerificationFailed,
            "source registry {sourceHost}: GET /v2/",
            $"not {image.Blobs[0].Digest}").Check(await run.ValidateAsync(line));

        registries.Pair.Source.Storage.RemoveBlob(image.Blobs[0].Digest);
        Expected.Error(
            ValidationReason.SourceNotFound,
            "source image config does not exists: source registry {sourceHost}: GET /v2/").Check(await run.ValidateAsync(line));
    }

    private static DamageCase AtSource(string name, Action<RegistryStorage, string, BuiltManifest> damage, Func<BuiltManifest, Expected> expected) =>
        new(name, "source", damage, expected);

    private static DamageCase AtDestination(string name, Action<RegistryStorage, string, BuiltManifest> damage, Func<BuiltManifest, Expected> expected) =>
        new(name, "destination", damage, expected);

    private static void TakeOutList(RegistryStorage storage, string repository, BuiltManifest list) => storage.RemoveManifestLink(repository, list.Digest);

    private static void LoseList(RegistryStorage storage, string repository, BuiltManifest list) => storage.RemoveBlob(list.Digest);

    private static void TruncateList(RegistryStorage storage, string repository, BuiltManifest list) => storage.TruncateBlob(list.Digest);

    private static void OverwriteList(RegistryStorage storage, string repository, BuiltManifest list) => storage.ReplaceBlobSameSize(list.Digest);

    private static void SwapList(RegistryStorage storage, string repository, BuiltManifest list) =>
        File.WriteAllBytes(storage.BlobPath(list.Digest), Other.Content.ToArray());

    private static void TakeOutImage(RegistryStorage storage, string repository, BuiltManifest list) =>
        storage.RemoveManifestLink(repository, list.Children[1].Digest);

    private static void LoseImage(RegistryStorage storage, string repository, BuiltManifest list) => storage.RemoveBlob(list.Children[0].Digest);

    private static void LoseImages(RegistryStorage storage, string repository, BuiltManifest list)
    {
        storage.RemoveBlob(list.Children[0].Digest);
        storage.RemoveManifestLink(repository, list.Children[1].Digest);
    }

    private static void OverwriteImage(RegistryStorage storage, string repository, BuiltManifest list) =>
        storage.ReplaceBlobSameSize(list.Children[0].Digest);

    private static void LoseUnselected(RegistryStorage storage, string repository, BuiltManifest list) => storage.RemoveBlob(list.Children[2].Digest);

    // The registry cannot parse the damaged manifest and answers 500.
    private static Expected Broken(string side) => Expected.Error(
        ValidationReason.RegistryUnavailable,
        $"{side} registry {{{side}Host}}: GET /v2/",
        "/manifests/v1: 500 Internal Server Error: UNKNOWN: unknown error (2 attempts)");

    private static Expected Unverified(string side) => Expected.Error(
        ValidationReason.DigestVerificationFailed, $"{side} registry {{{side}Host}}: GET /v2/", $"the manifest has the digest {Other.Digest}");

    private static Expected Missing(string images) => Expected.Failed(
        ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{images}]: ", "404 Not Found: MANIFEST_UNKNOWN");
}

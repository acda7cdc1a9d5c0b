using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Differences;

/// <summary>Attestations, referrers, pinned entries and artifacts, on registries without the referrers API.</summary>
public sealed class CompletenessTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    [RealRegistryFact]
    public async Task Attestations_that_were_left_behind_are_missing()
    {
        BuiltManifest index = SampleImages.OciIndex("attested", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64], attestations: true);
        string line = await registries.Pair.AddAsync(index, "attested");
        var options = new ValidationOptions { IncludeAttestation = true };
        Assert.Equal("Passed None: ", await ToldAsync(line, options));
        using RegistryPusher pusher = registries.Pair.Destination.CreatePusher();
        await pusher.PushAsync(SampleImages.Filtered(index, platform => platform != ImagePlatform.Unknown), "mirror/attested", "v1");
        Assert.Equal("Failed AttestationMissing: AttestationMissing linux/amd64; AttestationMissing linux/arm64/v8", await ToldAsync(line, options));
        Assert.Equal("Passed None: ", await ToldAsync(line, new ValidationOptions()));
    }

    [RealRegistryFact]
    public async Task Signatures_and_referrers_are_missing_until_they_are_copied()
    {
        BuiltManifest list = SampleImages.DockerList("signed", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]);
        string line = await registries.Pair.AddAsync(list, "signed");
        var options = new ValidationOptions { IncludeReferrer = true };
        Assert.Equal("Passed None: ", await ToldAsync(line, options));

        string signatureTag = ArtifactBuilder.CosignTag(list);
        string referrersTag = list.Children[0].Digest.Replace(':', '-');
        BuiltManifest referrers = Listing(ArtifactBuilder.Referrer(list.Children[0], "application/spdx+json"), "application/spdx+json");
        using RegistryPusher pusher = registries.Pair.Source.CreatePusher();
        await pusher.PushAsync(ArtifactBuilder.CosignSignature(list), "library/signed", signatureTag);
        await pusher.PushAsync(referrers, "library/signed", referrersTag);
        Assert.Equal("Failed SignatureMissing: SignatureMissing; SbomMissing linux/amd64", await ToldAsync(line, options));

        await CopyAsync("signed", signatureTag);
        Assert.Equal("Failed SbomMissing: SbomMissing linux/amd64", await ToldAsync(line, options));
        await CopyAsync("signed", referrersTag);
        Assert.Equal("Passed None: ", await ToldAsync(line, options));
    }

    [RealRegistryFact]
    public async Task A_pinned_entry_whose_tag_moved_has_drifted()
    {
        BuiltManifest list = SampleImages.DockerList("pinned");
        string line = $"{await registries.Pair.AddAsync(list, "pinned")}@{list.Digest}";
        Assert.Equal("Passed None: ", await ToldAsync(line, new ValidationOptions()));
        await registries.Pair.PushAsync(SampleImages.DockerList("pinned anew"), "pinned");
        Assert.Equal("Passed None: TagDrift", await ToldAsync(line, new ValidationOptions()));
        await registries.Pair.MirrorAsync("pinned");
        Assert.Equal("Failed TagDrift: TagDrift", await ToldAsync(line, new ValidationOptions()));
    }

    [RealRegistryFact]
    public async Task A_chart_is_compared_by_its_digest_at_every_depth()
    {
        BuiltManifest chart = ArtifactBuilder.HelmChart("chart");
        string line = await registries.Pair.AddAsync(chart, "chart");
        foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
            Assert.Equal("Passed None: ", await ToldAsync(line, new ValidationOptions { Depth = depth }));
        using RegistryPusher pusher = registries.Pair.Destination.CreatePusher();
        await pusher.PushAsync(SampleImages.Image("no chart"), "mirror/chart", "v1");
        Assert.Equal("Failed DigestMismatch: DigestDiffers", await ToldAsync(line, new ValidationOptions()));
    }

    private Task CopyAsync(string name, string tag) =>
        Skopeo.CopyAsync($"{registries.Pair.Source.Host}/library/{name}:{tag}", $"{registries.Pair.Destination.Host}/mirror/{name}:{tag}");

    private static async Task<string> ToldAsync(string line, ValidationOptions options)
    {
        using var run = new ValidationRun(options: options);
        MirrorImageResult result = await run.ValidateAsync(line);
        IEnumerable<string> differences = result.Differences.Select(difference => $"{difference.Kind} {difference.Platform}".TrimEnd());
        return $"{result.Status} {result.Reason}: {string.Join("; ", differences)}";
    }

    private static BuiltManifest Listing(BuiltManifest referrer, string artifactType)
    {
        BuiltManifest index = new IndexBuilder(ImageFormat.Oci).Add(referrer).Build();
        string json = Encoding.UTF8.GetString(index.Content.Span).Replace("\"digest\"", $"\"artifactType\": \"{artifactType}\", \"digest\"", StringComparison.Ordinal);
        return new BuiltManifest(index.MediaType, Encoding.UTF8.GetBytes(json)) { Children = index.Children };
    }
}

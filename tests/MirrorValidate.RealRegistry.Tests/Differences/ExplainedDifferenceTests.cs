using MirrorValidate.Embedded.Images;
using MirrorValidate.Platforms;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Differences;

/// <summary>Distinguishes what real tools do to images when they copy them.</summary>
public sealed class ExplainedDifferenceTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly ImagePlatform[] Platforms = [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64];

    public static TheoryData<string, SkopeoCopyOptions, string[]> Copies => new()
    {
        { "as it is", new(), [] },
        { "converted", new() { Format = "oci" }, ["MediaTypeConverted linux/amd64", "MediaTypeConverted linux/arm64/v8", "MediaTypeConverted"] },
        { "recompressed", new() { Format = "oci", CompressFormat = "zstd" }, ["Recompressed linux/amd64", "Recompressed linux/arm64/v8", "MediaTypeConverted"] },
        { "one platform", new() { All = false }, ["NotAList linux/amd64", "MissingPlatform linux/arm64/v8"] },
        { "one platform converted", new() { All = false, Format = "oci" }, ["NotAList", "MediaTypeConverted linux/amd64", "MissingPlatform linux/arm64/v8"] },
    };

    [RealRegistryTheory]
    [MemberData(nameof(Copies))]
    public async Task A_list_that_skopeo_copied_in_its_way_is_told_as_that(string name, SkopeoCopyOptions copy, string[] expected)
    {
        string line = await registries.Pair.AddAsync(SampleImages.DockerList(name, Platforms), name.Replace(' ', '-'), copy);
        Assert.Equal(expected, await ToldAsync(line));
    }

    [RealRegistryFact]
    public async Task An_OCI_index_that_was_converted_to_Docker_is_told_as_that()
    {
        string line = await registries.Pair.AddAsync(SampleImages.OciIndex("oci", Platforms), "to-docker", new SkopeoCopyOptions { Format = "v2s2" });
        Assert.Equal(["MediaTypeConverted linux/amd64", "MediaTypeConverted linux/arm64/v8", "MediaTypeConverted"], await ToldAsync(line));
    }

    [RealRegistryFact]
    public async Task A_single_image_that_was_recompressed_is_told_as_that_in_Platform_mode()
    {
        string line = await registries.Pair.AddAsync(SampleImages.Image("single"), "single", new SkopeoCopyOptions { Format = "oci", CompressFormat = "zstd" });
        Assert.Equal(["Recompressed linux/amd64"], await ToldAsync(line, ComparisonMode.Platform));
        Assert.Equal(["Recompressed linux/amd64"], await ToldAsync(line, ComparisonMode.Digest));
    }

    [RealRegistryTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tag_that_was_moved_since_is_told_as_stale(bool isOldServed)
    {
        string name = isOldServed ? "moved" : "moved-and-gone";
        BuiltManifest old = List(name, -1);
        string line = await registries.Pair.AddAsync(old, name);
        await registries.Pair.PushAsync(List(name + " new", 0), name);
        if (!isOldServed)
        {
            foreach (BuiltManifest child in old.Children.Prepend(old)) await registries.Pair.DeleteAsync(child, name);
        }

        Assert.Equal(["StaleTag linux/amd64", "StaleTag linux/arm64/v8"], await ToldAsync(line));
    }

    [RealRegistryFact]
    public async Task An_image_that_was_built_elsewhere_is_told_as_rebuilt()
    {
        await registries.Pair.PushAsync(List("rebuilt", 0), "rebuilt");
        using RegistryPusher pusher = registries.Pair.Destination.CreatePusher();
        await pusher.PushAsync(List("rebuilt elsewhere", 0), "mirror/rebuilt", "v1");
        Assert.Equal(["Rebuilt linux/amd64", "Rebuilt linux/arm64/v8"], await ToldAsync(registries.Pair.Line("rebuilt")));
    }

    // Like image-tools and hangar: copies the images one by one and creates a list of them.
    [RealRegistryFact]
    public async Task A_list_that_was_mirrored_for_fewer_architectures_is_told_beside_what_is_missing()
    {
        BuiltManifest list = SampleImages.DockerList("filtered");
        await registries.Pair.PushAsync(list, "filtered");
        var mirrored = new IndexBuilder();
        foreach (BuiltManifest child in new[] { list.Child("linux/amd64"), list.Child("linux/s390x") })
        {
            await Skopeo.CopyAsync($"{registries.Pair.Source.Host}/library/filtered@{child.Digest}", $"{registries.Pair.Destination.Host}/mirror/filtered@{child.Digest}");
            mirrored.Add(child);
        }

        using RegistryPusher pusher = registries.Pair.Destination.CreatePusher();
        BuiltManifest index = mirrored.Build();
        await pusher.PushManifestAsync("mirror/filtered", "v1", index.MediaType, index.Content);
        Assert.Equal(["MissingPlatform linux/arm64/v8", "FilteredIndex"], await ToldAsync(registries.Pair.Line("filtered")));
        Assert.Equal(["FilteredIndex"], await ToldAsync(registries.Pair.Line("filtered"), architectures: "amd64,s390x"));
    }

    private static BuiltManifest List(string seed, int days)
    {
        var list = new IndexBuilder();
        foreach (ImagePlatform platform in Platforms)
            list.Add(new ImageBuilder(seed) { Platform = platform, Created = ImageBuilder.DefaultCreated.AddDays(days) }.Build());
        return list.Build();
    }

    private static async Task<string[]> ToldAsync(
        string line, ComparisonMode comparison = ComparisonMode.ManifestList, string architectures = "amd64,arm64")
    {
        using var run = new ValidationRun(options: new ValidationOptions
        {
            Comparison = comparison,
            Platforms = PlatformSelection.OfArchitectures([architectures]),
            Explain = true,
        });
        MirrorImageResult result = await run.ValidateAsync(line);
        bool isToldOnly = result.Differences.All(difference => difference.Kind == nameof(DifferenceKind.FilteredIndex));
        Assert.Equal(isToldOnly ? nameof(ValidationStatus.Passed) : nameof(ValidationStatus.Failed), result.Status);
        return [.. result.Differences.Select(difference => $"{difference.Kind} {difference.Platform}".TrimEnd())];
    }
}

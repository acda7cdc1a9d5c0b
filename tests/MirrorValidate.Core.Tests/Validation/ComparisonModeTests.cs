using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>The modes <c>Platform</c> and <c>Digest</c>, where they differ from the default.</summary>
public sealed class ComparisonModeTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Image = SampleImages.Image("s");

    public static TheoryData<string, BuiltManifest, BuiltManifest, string, ValidationReason> Platform() => new()
    {
        { "one image, plain", Image, Image, "amd64", ValidationReason.None },
        { "one OCI image, plain", SampleImages.Image("s", ImageFormat.Oci), SampleImages.Image("s", ImageFormat.Oci), "amd64", ValidationReason.None },
        { "one image, in a list", Image, SampleImages.Wrapped(Image), "amd64", ValidationReason.None },
        { "a list, mirrored whole", List, List, "amd64,arm64", ValidationReason.None },
        { "a list, one platform of it", List, List.Child("linux/amd64"), "amd64", ValidationReason.None },
        { "a list, one platform of it with a variant", List, List.Child("linux/arm64/v8"), "arm64", ValidationReason.None },
        { "schema 1, converted", SampleImages.Schema1("s", "app", "v1"), Image, "amd64", ValidationReason.None },
        { "schema 1, copied", SampleImages.Schema1("s", "app", "v1"), SampleImages.Schema1("s", "app", "v1"), "amd64", ValidationReason.None },
        { "another image", Image, SampleImages.Image("other"), "amd64", ValidationReason.DigestMismatch },
        { "one of two selected platforms", List, List.Child("linux/amd64"), "amd64,arm64", ValidationReason.SpecMismatch },
        { "the wrong platform", List, List.Child("linux/arm64/v8"), "amd64", ValidationReason.SpecMismatch },
        { "another image of the platform", List, SampleImages.Image("other"), "amd64", ValidationReason.SpecMismatch },
        { "schema 1 of another platform", new Schema1Builder("s", "app", "v1") { Architecture = "arm64" }.Build(), Image, "arm64", ValidationReason.PlatformMismatch },
        { "schema 1 of another os", new Schema1Builder("s", "app", "v1") { OS = "windows" }.Build(), Image, "amd64", ValidationReason.PlatformMismatch },
        { "a list for one image", Image, SampleImages.DockerList("s"), "amd64", ValidationReason.DestinationListLength },
        { "an artifact for a list", List, ArtifactBuilder.HelmChart("s"), "amd64", ValidationReason.SpecMismatch },
        { "an artifact for schema 1", SampleImages.Schema1("s", "app", "v1"), ArtifactBuilder.HelmChart("s"), "amd64", ValidationReason.PlatformMismatch },
        { "no manifest", Image, new BuiltManifest("application/vnd.example+json", "{}"u8.ToArray()), "amd64", ValidationReason.DestinationNotAList },
        { "an empty list", Image, new BuiltManifest(RegistryMediaTypes.DockerList, """{"manifests":[]}"""u8.ToArray()), "amd64", ValidationReason.DestinationListEmpty },
    };

    [Theory]
    [MemberData(nameof(Platform))]
    public async Task In_Platform_mode_one_image_at_the_destination_counts_as_a_list_of_one(
        string what, BuiltManifest source, BuiltManifest destination, string architectures, ValidationReason reason)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        Assert.NotEmpty(what);
        ResultAssert.Is(Status(reason), reason, await pair.ValidateAsync(ComparisonMode.Platform, architectures));
    }

    // Docker's own lists state the variant v8, which the configs of most builders leave out.
    [Theory]
    [InlineData("linux/arm64", "linux/arm64/v8", ValidationReason.None)]
    [InlineData("linux/arm64/v8", "linux/arm64/v8", ValidationReason.None)]
    [InlineData("linux/arm64/v8", "linux/arm64/v9", ValidationReason.SpecMismatch)]
    [InlineData("linux/arm64/v8", "linux/arm64", ValidationReason.SpecMismatch)]
    [InlineData("linux/amd64", "linux/arm64/v8", ValidationReason.SpecMismatch)]
    [InlineData("windows/arm64", "linux/arm64/v8", ValidationReason.SpecMismatch)]
    [InlineData("windows/arm64:10.0.1", "windows/arm64:10.0.2", ValidationReason.SpecMismatch)]
    [InlineData("windows/arm64", "windows/arm64:10.0.2", ValidationReason.None)]
    public async Task What_the_config_of_one_image_leaves_open_the_sources_entry_of_the_same_digest_says(
        string config, string entry, ValidationReason reason)
    {
        BuiltManifest image = SampleImages.Image("s", platform: ImagePlatform.Parse(config));
        BuiltManifest list = new IndexBuilder().Add(new IndexEntry(image) { Platform = ImagePlatform.Parse(entry) }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(list, image);
        ResultAssert.Is(Status(reason), reason, await pair.ValidateAsync(ComparisonMode.Platform, "arm64"));
    }

    [Fact]
    public async Task In_Platform_mode_the_config_of_one_image_must_be_there()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Image);
        pair.Destination.Store.DeleteBlob(MirrorPair.DestinationRepository, Image.Blobs[0].Digest);
        ResultAssert.Failed(ValidationReason.BlobMissing, "destination image config does not exists", await pair.ValidateAsync(ComparisonMode.Platform));
        pair.Destination.Faults.Add(new Fault { Path = "*/blobs/*", Status = 403 });
        ResultAssert.Error(ValidationReason.Forbidden, "/blobs/", await pair.ValidateAsync(ComparisonMode.Platform));
    }

    public static TheoryData<string, BuiltManifest, BuiltManifest, string, ValidationReason> Digest() => new()
    {
        { "a list", List, List, "amd64", ValidationReason.None },
        { "one image", Image, Image, "amd64", ValidationReason.None },
        { "schema 1, signed anew", SampleImages.Schema1("s", "app", "v1"), SampleImages.Schema1("s", "app", "v1"), "amd64", ValidationReason.None },
        { "a chart", ArtifactBuilder.HelmChart("s"), ArtifactBuilder.HelmChart("s"), "amd64", ValidationReason.None },
        { "one image in a list", Image, SampleImages.Wrapped(Image), "amd64", ValidationReason.DigestMismatch },
        { "other order", List, SampleImages.Reordered(List), "amd64", ValidationReason.DigestMismatch },
        { "what is selected of it", List, SampleImages.Filtered(List, platform => platform.Architecture == "amd64"), "amd64", ValidationReason.DigestMismatch },
        { "another image", Image, SampleImages.Image("other"), "amd64", ValidationReason.DigestMismatch },
        { "no manifest", Image, new BuiltManifest("application/vnd.example+json", "{}"u8.ToArray()), "amd64", ValidationReason.DigestMismatch },
    };

    [Theory]
    [MemberData(nameof(Digest))]
    public async Task In_Digest_mode_the_tags_have_one_digest(
        string what, BuiltManifest source, BuiltManifest destination, string architectures, ValidationReason reason)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        Assert.NotEmpty(what);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest, architectures);
        ResultAssert.Is(Status(reason), reason, result);
        if (reason == ValidationReason.DigestMismatch)
            Assert.Equal($"source digest \"{source.Digest}\" != dest digest \"{destination.Digest}\"", result.Message);
    }

    // An OCI index need not state its type in itself, so the same bytes may be served as anything.
    [Theory]
    [InlineData(ComparisonMode.ManifestList)]
    [InlineData(ComparisonMode.Platform)]
    [InlineData(ComparisonMode.Digest)]
    public async Task The_same_bytes_under_a_type_that_nobody_knows_do_not_pass(ComparisonMode mode)
    {
        BuiltManifest stated = SampleImages.OciIndex("s");
        string json = System.Text.Encoding.UTF8.GetString(stated.Content.Span);
        var silent = new BuiltManifest(
            stated.MediaType,
            System.Text.Encoding.UTF8.GetBytes(json.Replace($"\"mediaType\": \"{stated.MediaType}\",", "", StringComparison.Ordinal)))
        {
            Children = stated.Children,
        };
        await using MirrorPair pair = await MirrorPair.StartAsync(silent);
        ResultAssert.Passed(await pair.ValidateAsync(mode));
        pair.Destination.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Destination), ContentType = "application/vnd.example+json" });
        MirrorImageResult result = await pair.ValidateAsync(mode);
        ResultAssert.Failed(ValidationReason.DestinationNotAList, "destination manifest MIME type unknown: application/vnd.example+json", result);
        Assert.Equal(result.SourceDigest, result.DestinationDigest);
    }

    private static ValidationStatus Status(ValidationReason reason) =>
        reason == ValidationReason.None ? ValidationStatus.Passed : ValidationStatus.Failed;
}

using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Mirrors that are right.</summary>
public sealed class PassedTests
{
    public static TheoryData<string, BuiltManifest, BuiltManifest, string> Good()
    {
        BuiltManifest docker = SampleImages.DockerList("s");
        BuiltManifest oci = SampleImages.OciIndex("s", attestations: true);
        BuiltManifest windows = SampleImages.WindowsList("s");
        BuiltManifest image = SampleImages.Image("s");
        BuiltManifest ociImage = SampleImages.Image("s", ImageFormat.Oci, ImagePlatform.LinuxArm64);
        BuiltManifest windowsImage = SampleImages.Image("s", platform: ImagePlatform.Parse("windows/amd64:10.0.17763.5576"));
        BuiltManifest schema1 = SampleImages.Schema1("s", "library/app", "v1");
        BuiltManifest converted = SampleImages.Wrapped(SampleImages.Image("converted"));
        return new()
        {
            { "a Docker list", docker, docker, "amd64,arm64" },
            { "a Docker list, everything", docker, docker, "*" },
            { "an OCI index", oci, oci, "amd64,arm64" },
            { "an OCI index with its attestations", oci, oci, "*" },
            { "other order", docker, SampleImages.Reordered(docker), "amd64,arm64" },
            { "other order, everything", oci, SampleImages.Reordered(oci), "*" },
            { "only what is selected", docker, SampleImages.Filtered(docker, platform => platform.Architecture is "amd64" or "arm64"), "amd64,arm64" },
            { "attestations left behind", oci, SampleImages.Filtered(oci, platform => platform != ImagePlatform.Unknown), "amd64,arm64,arm,s390x" },
            { "Windows", windows, windows, "amd64" },
            { "one image in a list", image, SampleImages.Wrapped(image), "amd64" },
            { "one OCI image in an index", ociImage, SampleImages.Wrapped(ociImage), "arm64" },
            { "one Windows image in a list", windowsImage, SampleImages.Wrapped(windowsImage), "amd64" },
            { "one Windows image in a list that has no version", windowsImage, WrappedAs(windowsImage, new ImagePlatform("windows", "amd64")), "amd64" },
            { "schema 1, converted", schema1, converted, "amd64" },
            { "schema 1 unsigned, converted", SampleImages.Schema1("s", "library/app", "v1", isSigned: false), converted, "*" },
            { "a nested index", SampleImages.NestedIndex("s"), SampleImages.NestedIndex("s"), "*" },
        };
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Passes(string what, BuiltManifest source, BuiltManifest destination, string architectures)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(architectures: architectures);
        ResultAssert.Passed(result);
        Assert.Equal(source.Digest, result.SourceDigest);
        Assert.Equal(destination.Digest, result.DestinationDigest);
        Assert.NotEmpty(result.SourceSpec);
        Assert.Equal(result.SourceSpec.Count, result.DestinationSpec.Count);
        Assert.True(pair.Destination.Requests.Where(request => request.Path.Contains("/manifests/sha256:", StringComparison.Ordinal)).Count > 0, what);
    }

    [Fact]
    public async Task An_artifact_that_is_no_image_passes_by_its_digest()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(ArtifactBuilder.HelmChart("s"));
        ResultAssert.Passed(await pair.ValidateAsync());
        ArtifactBuilder.HelmChart("other").PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        ResultAssert.Failed(ValidationReason.DigestMismatch, "source digest", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_pinned_digest_is_what_is_compared()
    {
        BuiltManifest image = SampleImages.DockerList("s");
        await using MirrorPair pair = await MirrorPair.StartAsync(image);
        SampleImages.DockerList("moved").PutInto(pair.Source.Store, MirrorPair.SourceRepository, "v1");
        string line = $"{pair.Source.Host}/{MirrorPair.SourceRepository} {pair.Destination.Host}/{MirrorPair.DestinationRepository} v1@{image.Digest}";
        MirrorImageResult result = await pair.ValidateAsync(line: line);
        ResultAssert.Passed(result);
        Assert.Equal($"v1@{image.Digest}", result.Tag);
        Assert.Contains($"GET {image.Digest}", pair.Asked(RegistrySide.Source));
    }

    private static BuiltManifest WrappedAs(BuiltManifest image, ImagePlatform platform) =>
        new IndexBuilder().Add(new IndexEntry(image) { Platform = platform }).Build();
}

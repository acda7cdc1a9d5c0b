using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Sources that nothing can be compared with. They are told whatever the destination holds.</summary>
public sealed class SourceErrorTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");

    public static TheoryData<string, BuiltManifest?> Destinations => new()
    {
        { "the same", List },
        { "nothing", null },
        { "no list", SampleImages.Image("s") },
        { "no manifest", new BuiltManifest("text/html", "<html/>"u8.ToArray()) },
    };

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task The_source_is_missing(string destination, BuiltManifest? image)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(null, image);
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.NotEmpty(destination);
        ResultAssert.Error(ValidationReason.SourceNotFound, "source manifest does not exists", result);
        Assert.Empty(result.SourceSpec);
        Assert.Equal(image?.MediaType is null or "text/html" ? 0 : image.Children.Count == 0 ? 1 : 2, result.DestinationSpec.Count);
    }

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task The_source_is_no_image(string destination, BuiltManifest? image)
    {
        var source = new BuiltManifest("application/vnd.example+json", "{}"u8.ToArray());
        await using MirrorPair pair = await MirrorPair.StartAsync(source, image);
        foreach (ComparisonMode mode in Enum.GetValues<ComparisonMode>())
            ResultAssert.Error(ValidationReason.SourceUnsupported, "unsupported MIME type \"application/vnd.example+json\"", await pair.ValidateAsync(mode));
        Assert.NotEmpty(destination);
    }

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task The_source_has_nothing_for_the_architectures(string destination, BuiltManifest? image)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, image);
        foreach (ComparisonMode mode in Enum.GetValues<ComparisonMode>())
            ResultAssert.Error(ValidationReason.NoMatchingPlatform, "no image available for specified arch list [ppc64le,riscv64]", await pair.ValidateAsync(mode, "ppc64le,riscv64"));
        Assert.NotEmpty(destination);
    }

    public static TheoryData<string, BuiltManifest, string> Unselected => new()
    {
        { "an empty list", new BuiltManifest(RegistryMediaTypes.DockerList, """{"schemaVersion":2,"manifests":[]}"""u8.ToArray()), "*" },
        { "one image of another architecture", SampleImages.Image("s"), "arm64" },
        { "schema 1 of another architecture", SampleImages.Schema1("s", "app", "v1"), "arm64" },
        { "attestations alone", SampleImages.Filtered(SampleImages.OciIndex("s", true), platform => platform == ImagePlatform.Unknown), "unknown,amd64" },
        { "no platforms", new IndexBuilder().Add(new IndexEntry(SampleImages.Image("s")) { Platform = null }).Build(), "amd64" },
    };

    [Theory]
    [MemberData(nameof(Unselected))]
    public async Task Nothing_selected_never_passes(string what, BuiltManifest image, string architectures)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(image, image.Children.Count == 0 ? SampleImages.Wrapped(image) : image);
        foreach (ComparisonMode mode in Enum.GetValues<ComparisonMode>())
            ResultAssert.Error(ValidationReason.NoMatchingPlatform, "no image available", await pair.ValidateAsync(mode, architectures));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task The_sources_config_is_missing()
    {
        BuiltManifest image = SampleImages.Image("s");
        await using MirrorPair pair = await MirrorPair.StartAsync(image, SampleImages.Wrapped(image));
        pair.Source.Store.DeleteBlob(MirrorPair.SourceRepository, image.Blobs[0].Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(ValidationReason.SourceNotFound, "source image config does not exists", result);
        Assert.Equal(image.Digest, result.SourceDigest);
        Assert.Equal(image.Digest, Assert.Single(result.DestinationSpec).Digest);
    }

    [Theory]
    [InlineData("{}{}", ValidationReason.DigestVerificationFailed)]
    [InlineData("", ValidationReason.DigestVerificationFailed)]
    public async Task The_sources_config_is_not_what_it_was(string body, ValidationReason reason)
    {
        BuiltManifest image = SampleImages.Image("s");
        await using MirrorPair pair = await MirrorPair.StartAsync(image, SampleImages.Wrapped(image));
        pair.Source.Faults.Add(new Fault { Path = "*/blobs/*", Body = body });
        ResultAssert.Error(reason, $"the content has the digest", await pair.ValidateAsync());
        Assert.Contains($"GET {image.Blobs[0].Digest}", pair.Asked(RegistrySide.Source));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"architecture":"amd64","Architecture":"arm64"}""")]
    public async Task The_sources_config_is_malformed(string config)
    {
        var blob = new BuiltBlob(RegistryMediaTypes.OciConfig, System.Text.Encoding.UTF8.GetBytes(config));
        BuiltManifest image = new ArtifactBuilder { Config = blob, Layers = [] }.Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(image, SampleImages.Wrapped(image));
        ResultAssert.Error(ValidationReason.MalformedManifest, "image config", await pair.ValidateAsync());
    }
}

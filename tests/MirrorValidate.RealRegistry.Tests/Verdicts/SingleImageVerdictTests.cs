using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// A source that is a single image: which mirrors are accepted, and in which order differences are checked.
/// </summary>
public sealed class SingleImageVerdictTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly ImagePlatform WindowsPlatform = ImagePlatform.Parse("windows/amd64:10.0.17763.5576");
    private static readonly BuiltManifest Image = SampleImages.Image("image");
    private static readonly BuiltManifest Older = SampleImages.Image("older");
    private static readonly BuiltManifest Oci = SampleImages.Image("image", ImageFormat.Oci);
    private static readonly BuiltManifest OlderOci = SampleImages.Image("older", ImageFormat.Oci);
    private static readonly BuiltManifest Arm64 = SampleImages.Image("image", platform: ImagePlatform.LinuxArm64);
    private static readonly BuiltManifest Windows = SampleImages.Image("image", platform: WindowsPlatform);

    public static TheoryData<MirrorCase> Cases { get; } = new()
    {
        new MirrorCase("plain copy", Image)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest), Platform = Expected.Passed(requests: 4), Digest = Expected.Passed(requests: 3),
        },
        new MirrorCase("plain copy of an older image", Image, Older)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest), Platform = Expected.TagDigestMismatch, Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("plain OCI copy", Oci)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.OciManifest), Platform = Expected.Passed(requests: 4), Digest = Expected.Passed(requests: 3),
        },
        new MirrorCase("plain OCI copy of an older image", Oci, OlderOci)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.OciManifest), Platform = Expected.TagDigestMismatch, Digest = Expected.TagDigestMismatch,
        },
        Wrapped("wrapped in a list", Image, SampleImages.Wrapped(Image), Expected.Passed(requests: 4)),
        Wrapped("OCI image wrapped in an index", Oci, SampleImages.Wrapped(Oci), Expected.Passed(requests: 4)),
        Wrapped("Windows image, entry with its version", Windows, SampleImages.Wrapped(Windows), Expected.Passed(requests: 4)),
        Wrapped("Windows image, entry without a version", Windows, WrappedAs(Windows, new("windows", "amd64")), Expected.Passed(requests: 4)) with
        {
            DestinationSpec = [MirrorCase.Spec("windows/amd64", Windows)],
        },
        Wrapped("older image wrapped in a list", Image, SampleImages.Wrapped(Older), Expected.DigestMismatch(Image.Digest, Older.Digest)),
        Wrapped("OCI image, older one wrapped", Oci, SampleImages.Wrapped(OlderOci), Expected.DigestMismatch(Oci.Digest, OlderOci.Digest)),
        Wrapped("list of several", Image, new IndexBuilder().Add(Image).Add(Arm64).Build(), ListLength),
        Wrapped("list of the image and one of an architecture not asked for", Image, new IndexBuilder().Add(Image).AddImages("", [ImagePlatform.LinuxS390x]).Build(), ListLength) with
        {
            DestinationSpec = MirrorCase.WholeSpec(new IndexBuilder().Add(Image).AddImages("", [ImagePlatform.LinuxS390x]).Build()),
        },
        Wrapped("empty list for an image", Image, new IndexBuilder().Build(), Expected.Failed(ValidationReason.DestinationListEmpty, "destination manifest list is empty")),
        Labelled("entry of another arch", Image, "linux/arm64", "source arch \"amd64\" != dest arch \"arm64\""),
        Labelled("entry of another os", Image, "windows/amd64", "source os \"linux\" != dest os \"windows\""),
        Labelled("entry of another variant", Arm64, "linux/arm64/v9", "source Variant \"v8\" != dest Variant \"v9\""),
        Labelled("entry with a version of no use", Image, "linux/amd64:10.0.1", "dest os.version is \"10.0.1\", should be empty"),
        Labelled("entry of another version", Windows, "windows/amd64:10.0.1", "source os.version \"10.0.17763.5576\" != dest os.version \"10.0.1\""),
        Labelled("entry of another arch and os", Image, "windows/arm64", "source arch \"amd64\" != dest arch \"arm64\""),
        Wrapped("entry without a platform", Image, new IndexBuilder().Add(new IndexEntry(Image) { Platform = null }).Build(), Mismatch("source arch \"amd64\" != dest arch \"\"")) with
        {
            DestinationSpec = [MirrorCase.Spec("", Image)],
        },
        Wrapped("entry of another arch that is gone too", Image, WrappedAs(Image, new("linux", "arm64")), Missing("linux/arm64")) with
        {
            DestinationSpec = [MirrorCase.Spec("linux/arm64", Image)], Damage = (registry, repository) => Delete(registry, repository, Image),
        },
        Wrapped("older image that is gone too", Image, SampleImages.Wrapped(Older), Expected.DigestMismatch(Image.Digest, Older.Digest)) with
        {
            Damage = (registry, repository) => Delete(registry, repository, Older),
        },
    };

    private static Expected ListLength => Expected.Failed(ValidationReason.DestinationListLength, "destination manifest list length should be 1");

    [RealRegistryTheory]
    [MemberData(nameof(Cases))]
    public Task Verdict(MirrorCase mirror) => mirror.CheckAsync(registries.Pair);

    /// <summary>A list never has the digest of a single image.</summary>
    private static MirrorCase Wrapped(string name, BuiltManifest source, BuiltManifest mirror, Expected expected) => new(name, source, mirror)
    {
        ManifestList = expected,
        Platform = expected,
        Digest = Expected.TagDigestMismatch,
    };

    private static MirrorCase Labelled(string name, BuiltManifest source, string platform, string words) =>
        Wrapped(name, source, WrappedAs(source, ImagePlatform.Parse(platform)), Mismatch(words)) with
        {
            DestinationSpec = [MirrorCase.Spec(platform, source)],
        };

    private static BuiltManifest WrappedAs(BuiltManifest image, ImagePlatform platform) =>
        new IndexBuilder().Add(new IndexEntry(image) { Platform = platform }).Build();

    private static Expected Mismatch(string words) => Expected.Failed(ValidationReason.PlatformMismatch, words);

    private static Expected Missing(string platform) => Expected.Failed(
        ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{{destination}}@{Image.Digest} ({platform})]");

    private static async Task Delete(DockerRegistryProcess registry, string repository, BuiltManifest manifest)
    {
        using RegistryPusher client = registry.CreatePusher();
        await client.DeleteManifestAsync(repository, manifest.Digest);
    }
}

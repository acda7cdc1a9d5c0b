using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// Sources that cannot be compared: an error, whatever the destination has, and never a pass or a failure.
/// </summary>
public sealed class SourceErrorTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly BuiltManifest List = SampleImages.DockerList("list");
    private static readonly BuiltManifest S390x = SampleImages.DockerList("list", [ImagePlatform.LinuxS390x]);
    private static readonly BuiltManifest S390xImage = SampleImages.Image("image", platform: ImagePlatform.LinuxS390x);

    public static TheoryData<MirrorCase> Cases { get; } = new()
    {
        MirrorCase.InAllModes("source absent", null, null, SourceNotFound),
        MirrorCase.InAllModes("source gone, mirror there", null, List, SourceNotFound),
        Unselected("architecture not in the list", S390x, S390x),
        Unselected("architecture not in the list, not mirrored", S390x, null),
        Unselected("architecture not in the list, other mirror", S390x, List),
        Unselected("empty source list", new IndexBuilder().Build(), new IndexBuilder().Build()),
        Unselected("image of another architecture", S390xImage, S390xImage) with { SourceSpec = [] },
        Unselected("image of another architecture, wrapped", S390xImage, SampleImages.Wrapped(S390xImage)) with
        {
            SourceSpec = [], DestinationSpec = MirrorCase.WholeSpec(SampleImages.Wrapped(S390xImage)),
        },
        Unselected("nothing but attestations", Attestations(), Attestations()),
    };

    private static Expected SourceNotFound => Expected.Error(
        ValidationReason.SourceNotFound,
        "source manifest does not exists",
        "source registry {sourceHost}",
        "404 Not Found: MANIFEST_UNKNOWN: manifest unknown");

    [RealRegistryTheory]
    [MemberData(nameof(Cases))]
    public Task Verdict(MirrorCase mirror) => mirror.CheckAsync(registries.Pair);

    private static MirrorCase Unselected(string name, BuiltManifest source, BuiltManifest? mirror) => MirrorCase.InAllModes(
        name, source, mirror, Expected.Error(ValidationReason.NoMatchingPlatform, "no image available for specified arch list [amd64,arm64]"));

    private static BuiltManifest Attestations() =>
        new IndexBuilder(ImageFormat.Oci).Add(ArtifactBuilder.Attestation(List.Children[0])).Build();
}

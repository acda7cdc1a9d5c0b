using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>One manifest of each kind.</summary>
internal static class Samples
{
    internal static readonly BuiltManifest[] All =
    [
        SampleImages.DockerList("s"),
        SampleImages.OciIndex("s", attestations: true),
        SampleImages.WindowsList("s"),
        SampleImages.NestedIndex("s"),
        SampleImages.Image("s"),
        SampleImages.Image("s", ImageFormat.Oci),
        SampleImages.Schema1("s", "library/s", "v1"),
        SampleImages.Schema1("s", "library/s", "v1", isSigned: false),
        ArtifactBuilder.HelmChart("s"),
    ];
}

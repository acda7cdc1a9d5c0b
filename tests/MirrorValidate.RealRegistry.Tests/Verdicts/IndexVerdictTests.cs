using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>Lists of every kind, and their mirrors by different tools, options and formats.</summary>
public sealed class IndexVerdictTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly BuiltManifest Index = SampleImages.OciIndex("index", attestations: true);
    private static readonly BuiltManifest Bare = SampleImages.OciIndex("index");
    private static readonly BuiltManifest List = SampleImages.DockerList("list");
    private static readonly BuiltManifest Amd64 = List.Child("linux/amd64");
    private static readonly BuiltManifest Windows = SampleImages.WindowsList("windows");

    public static TheoryData<MirrorCase> Cases { get; } = new()
    {
        MirrorCase.InAllModes("OCI index with attestations", Index, Index, Expected.Passed(requests: 4)),
        MirrorCase.InAllModes("OCI index with attestations, everything asked for", Index, Index, Expected.Passed(requests: 10)) with
        {
            Architectures = "*", SourceSpec = MirrorCase.WholeSpec(Index), DestinationSpec = MirrorCase.WholeSpec(Index),
        },
        new MirrorCase("OCI index without its attestations", Index, Bare)
        {
            ManifestList = Expected.Passed(requests: 4), Platform = Expected.Passed(requests: 4), Digest = Expected.TagDigestMismatch,
        },
        Differs("OCI index without its attestations, everything asked for", Index, Bare) with
        {
            Architectures = "*", SourceSpec = MirrorCase.WholeSpec(Index), DestinationSpec = MirrorCase.WholeSpec(Bare),
        },
        MirrorCase.InAllModes("attestation gone from the registry", Index, Index, Expected.Passed(requests: 4)) with { Damage = DeleteAttestation },
        MirrorCase.InAllModes("attestation gone from the registry, everything asked for", Index, Index, Expected.Failed(
            ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{{destination}}@{Attestation.Digest} (unknown/unknown)]")) with
        {
            Architectures = "*", SourceSpec = MirrorCase.WholeSpec(Index), DestinationSpec = MirrorCase.WholeSpec(Index), Damage = DeleteAttestation,
        },
        MirrorCase.InAllModes("Windows list", Windows, Windows, Expected.Passed(requests: 5)),
        MirrorCase.InAllModes("one architecture of several", List, List, Expected.Passed(requests: 3)) with
        {
            Architectures = "s390x", SourceSpec = One(List, "linux/s390x"), DestinationSpec = One(List, "linux/s390x"),
        },
        new MirrorCase("list mirrored to an index", List, SampleImages.OciIndex("list"))
        {
            ManifestList = Expected.SpecMismatch, Platform = Expected.SpecMismatch, Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("index of the same images as the list", List, Repacked(List, ImageFormat.Oci))
        {
            ManifestList = Expected.Passed(requests: 4), Platform = Expected.Passed(requests: 4), Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("entry twice", List, new IndexBuilder().Add(Amd64).Add(Amd64).Add(List.Child("linux/arm64/v8")).Build())
        {
            ManifestList = Expected.SpecMismatch, Platform = Expected.SpecMismatch, Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("copied without all, one architecture asked for", List, List)
        {
            Copy = new SkopeoCopyOptions { All = false },
            Architectures = "amd64",
            SourceSpec = One(List, "linux/amd64"),
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest),
            Platform = Expected.Passed(requests: 3),
            Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("copied without all", List, List)
        {
            Copy = new SkopeoCopyOptions { All = false },
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest),
            Platform = Expected.SpecMismatch,
            Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("converted to OCI", List, List)
        {
            Copy = new SkopeoCopyOptions { Format = "oci" },
            ManifestList = Expected.SpecMismatch,
            Platform = Expected.SpecMismatch,
            Digest = Expected.TagDigestMismatch,
        },
        Artifact("Helm chart", ArtifactBuilder.HelmChart("chart"), Expected.Passed(requests: 2)),
        Artifact("older Helm chart", ArtifactBuilder.HelmChart("older"), Expected.TagDigestMismatch),
    };

    private static BuiltManifest Attestation => Index.Children.First(child => child.Platform == ImagePlatform.Unknown);

    [RealRegistryTheory]
    [MemberData(nameof(Cases))]
    public Task Verdict(MirrorCase mirror) => mirror.CheckAsync(registries.Pair);

    private static string[] One(BuiltManifest list, string platform) => [MirrorCase.Spec(platform, list.Child(platform))];

    private static MirrorCase Differs(string name, BuiltManifest source, BuiltManifest mirror) => new(name, source, mirror)
    {
        ManifestList = Expected.SpecMismatch with { Requests = 2 },
        Platform = Expected.SpecMismatch with { Requests = 2 },
        Digest = Expected.TagDigestMismatch with { Requests = 2 },
    };

    private static MirrorCase Artifact(string name, BuiltManifest mirror, Expected expected)
    {
        BuiltManifest chart = ArtifactBuilder.HelmChart("chart");
        return MirrorCase.InAllModes(name, chart, mirror, expected) with
        {
            SourceSpec = [MirrorCase.Spec("", chart)],
            DestinationSpec = [MirrorCase.Spec("", mirror)],
        };
    }

    private static BuiltManifest Repacked(BuiltManifest list, ImageFormat format)
    {
        var index = new IndexBuilder(format);
        foreach (BuiltManifest child in list.Children) index.Add(child);
        return index.Build();
    }

    private static async Task DeleteAttestation(DockerRegistryProcess registry, string repository)
    {
        using RegistryPusher client = registry.CreatePusher();
        await client.DeleteManifestAsync(repository, Attestation.Digest);
    }
}

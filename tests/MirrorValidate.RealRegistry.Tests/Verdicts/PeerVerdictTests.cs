using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// The defects that a mirror of a Docker manifest list can have, including those that image-tools, hangar, regsync or
/// crane miss.
/// </summary>
public sealed class PeerVerdictTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly BuiltManifest List =
        SampleImages.DockerList("list", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64, ImagePlatform.LinuxArmV7]);

    private static readonly BuiltManifest Amd64 = List.Child("linux/amd64");
    private static readonly BuiltManifest Arm64 = List.Child("linux/arm64/v8");
    private static readonly BuiltManifest Windows = SampleImages.WindowsList("windows");
    private static readonly BuiltManifest WindowsImage = SampleImages.Image("extra", platform: ImagePlatform.Parse("windows/amd64:10.0.20348.2340"));

    public static TheoryData<MirrorCase> Cases { get; } = new()
    {
        new MirrorCase("identical", List)
        {
            ManifestList = Expected.Passed(requests: 4), Platform = Expected.Passed(requests: 4), Digest = Expected.Passed(requests: 4),
        },
        new MirrorCase("same entries, other order", List, SampleImages.Reordered(List))
        {
            ManifestList = Expected.Passed(requests: 4), Platform = Expected.Passed(requests: 4), Digest = Expected.TagDigestMismatch,
        },
        MirrorCase.InAllModes("tag absent", List, null, Expected.DestinationNotFound),
        Differs("arm64 entry absent", List, Without("linux/arm64/v8")),
        Differs("child digest differs", List, Replaced(new IndexEntry(SampleImages.Image("older")))),
        new MirrorCase("plain manifest", List, Amd64)
        {
            ManifestList = Expected.NotAList(RegistryMediaTypes.DockerManifest), Platform = Expected.SpecMismatch, Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("empty list", List, new IndexBuilder().Build())
        {
            ManifestList = Empty, Platform = Empty, Digest = Expected.TagDigestMismatch,
        },
        new MirrorCase("armv7 entry absent, not asked for", List, Without("linux/arm/v7"))
        {
            ManifestList = Expected.Passed(requests: 4), Platform = Expected.Passed(requests: 4), Digest = Expected.TagDigestMismatch,
        },
        Differs("armv7 entry absent, everything asked for", List, Without("linux/arm/v7")) with
        {
            Architectures = "*", SourceSpec = MirrorCase.WholeSpec(List), DestinationSpec = MirrorCase.WholeSpec(Without("linux/arm/v7")),
        },
        Differs("extra windows entry", List, new IndexBuilder().Add(Amd64).Add(Arm64).Add(WindowsImage).Build()),
        Differs("variant differs", List, Replaced(new IndexEntry(Arm64) { Platform = new("linux", "arm64") })) with
        {
            DestinationSpec = [MirrorCase.Spec("linux/arm64", Arm64), MirrorCase.Spec("linux/amd64", Amd64)],
        },
        Differs("windows version differs", Windows, Relabelled(Windows, "10.0.17763.5576", "10.0.17763.6189")) with
        {
            DestinationSpec =
            [
                MirrorCase.Spec("linux/amd64", Windows.Children[0]),
                MirrorCase.Spec("windows/amd64:10.0.17763.6189", Windows.Children[1]),
                MirrorCase.Spec("windows/amd64:10.0.20348.2340", Windows.Children[2]),
            ],
        },
        MirrorCase.InAllModes("child gone from the registry", List, List, Expected.Failed(
            ValidationReason.DestinationManifestMissing,
            $"failed to inspect dest image: [{{destination}}@{Arm64.Digest} (linux/arm64/v8)]",
            "404 Not Found: MANIFEST_UNKNOWN")) with
        {
            Damage = async (registry, repository) =>
            {
                using RegistryPusher client = registry.CreatePusher();
                await client.DeleteManifestAsync(repository, Arm64.Digest);
            },
        },
    };

    private static Expected Empty => Expected.Failed(ValidationReason.DestinationListEmpty, "destination manifest list is empty");

    [RealRegistryTheory]
    [MemberData(nameof(Cases))]
    public Task Verdict(MirrorCase mirror) => mirror.CheckAsync(registries.Pair);

    private static MirrorCase Differs(string name, BuiltManifest source, BuiltManifest mirror) => new(name, source, mirror)
    {
        ManifestList = Expected.SpecMismatch with { Requests = 2 },
        Platform = Expected.SpecMismatch with { Requests = 2 },
        Digest = Expected.TagDigestMismatch with { Requests = 2 },
    };

    private static BuiltManifest Without(string platform) => SampleImages.Filtered(List, one => one.ToString() != platform);

    /// <summary>Replaces the entry for the same architecture.</summary>
    private static BuiltManifest Replaced(IndexEntry entry)
    {
        IndexBuilder list = new IndexBuilder().Add(entry);
        foreach (BuiltManifest child in List.Children.Where(child => child.Platform!.Architecture != entry.Platform!.Architecture)) list.Add(child);
        return list.Build();
    }

    private static BuiltManifest Relabelled(BuiltManifest list, string from, string to)
    {
        var index = new IndexBuilder();
        foreach (BuiltManifest child in list.Children)
            index.Add(new IndexEntry(child) { Platform = child.Platform!.OSVersion == from ? child.Platform with { OSVersion = to } : child.Platform });
        return index.Build();
    }
}

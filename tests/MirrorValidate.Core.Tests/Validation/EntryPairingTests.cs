using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Which entry is compared with which, as docs/differences.md says it.</summary>
public sealed class EntryPairingTests
{
    private static readonly BuiltManifest Attested =
        SampleImages.OciIndex("s", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64], attestations: true);

    /// <summary>Entries are written as <see cref="NumberedImages"/> reads them.</summary>
    public static TheoryData<string, string[], string[], string[]> Cases() => new()
    {
        {
            "an image for two sets of features, in other order",
            ["1 windows/amd64 a", "1 windows/amd64 b"],
            ["1 windows/amd64 b", "1 windows/amd64 a"],
            []
        },
        {
            "the same image before the same features",
            ["1 windows/amd64 a", "2 windows/amd64 b"],
            ["1 windows/amd64 b", "2 windows/amd64 a"],
            ["OSFeaturesDiffer windows/amd64: a -> b", "OSFeaturesDiffer windows/amd64: b -> a"]
        },
        {
            "new images of one platform by their features, in other order",
            ["1 windows/amd64 a", "2 windows/amd64 b"],
            ["3 windows/amd64 b", "4 windows/amd64 a"],
            ["DigestDiffers windows/amd64: 1 -> 4", "DigestDiffers windows/amd64: 2 -> 3"]
        },
        {
            "the same platform before the same image",
            ["1 linux/amd64 a"],
            ["1 linux/arm64", "2 linux/amd64"],
            [
                "DigestDiffers linux/amd64: 1 -> 2",
                "OSFeaturesDiffer linux/amd64: a -> -",
                "ExtraPlatform linux/arm64: - -> 1",
            ]
        },
        {
            "the same image before the next update of Windows",
            ["1 windows/amd64:10.0.1.2"],
            ["2 windows/amd64:10.0.1.3", "1 windows/amd64:10.0.9.9"],
            [
                "OSVersionDiffers windows/amd64:10.0.1.2: 10.0.1.2 -> 10.0.9.9",
                "ExtraPlatform windows/amd64:10.0.1.3: - -> 2",
            ]
        },
        {
            "the next update of Windows before an entry without a version",
            ["1 windows/amd64:10.0.1.2"],
            ["2 windows/amd64", "3 windows/amd64:10.0.1.3"],
            [
                "DigestDiffers windows/amd64:10.0.1.2: 1 -> 3",
                "OSVersionDiffers windows/amd64:10.0.1.2: 10.0.1.2 -> 10.0.1.3",
                "ExtraPlatform windows/amd64: - -> 2",
            ]
        },
        {
            "the next update of Windows for another variant",
            ["1 windows/arm64/v8:10.0.1.2"],
            ["2 windows/arm64/v9:10.0.1.3"],
            ["MissingPlatform windows/arm64/v8:10.0.1.2: 1 -> -", "ExtraPlatform windows/arm64/v9:10.0.1.3: - -> 2"]
        },
        {
            "another Windows",
            ["1 windows/amd64:10.0.1.2"],
            ["2 windows/amd64:10.0.2.2"],
            ["MissingPlatform windows/amd64:10.0.1.2: 1 -> -", "ExtraPlatform windows/amd64:10.0.2.2: - -> 2"]
        },
        {
            "a version that only the destination states",
            ["1 windows/amd64"],
            ["2 windows/amd64:10.0.1.2"],
            ["DigestDiffers windows/amd64: 1 -> 2", "OSVersionDiffers windows/amd64: - -> 10.0.1.2"]
        },
        {
            "a version that only the source states",
            ["1 windows/amd64:10.0.1.2"],
            ["2 windows/amd64"],
            ["DigestDiffers windows/amd64:10.0.1.2: 1 -> 2", "OSVersionDiffers windows/amd64:10.0.1.2: 10.0.1.2 -> -"]
        },
        {
            "a variant that only the destination states",
            ["1 linux/arm64"],
            ["2 linux/arm64/v8"],
            ["DigestDiffers linux/arm64: 1 -> 2", "VariantDiffers linux/arm64: - -> v8"]
        },
        {
            "a variant that only the source states",
            ["1 linux/arm64/v8"],
            ["2 linux/arm64"],
            ["DigestDiffers linux/arm64/v8: 1 -> 2", "VariantDiffers linux/arm64/v8: v8 -> -"]
        },
        {
            "another variant",
            ["1 linux/arm/v6"],
            ["2 linux/arm/v7"],
            ["MissingPlatform linux/arm/v6: 1 -> -", "ExtraPlatform linux/arm/v7: - -> 2"]
        },
        {
            "a variant left open, and another version",
            ["1 windows/arm64:10.0.1.2"],
            ["2 windows/arm64/v8:10.0.2.2"],
            ["MissingPlatform windows/arm64:10.0.1.2: 1 -> -", "ExtraPlatform windows/arm64/v8:10.0.2.2: - -> 2"]
        },
        {
            "an entry that stands twice at the source",
            ["1 linux/amd64", "1 linux/amd64"],
            ["1 linux/amd64"],
            ["MissingPlatform linux/amd64: 1 -> -"]
        },
        {
            "the same image under another architecture with a variant",
            ["1 linux/amd64"],
            ["1 linux/arm64/v8:5 a"],
            ["PlatformDiffers linux/amd64: linux/amd64 -> linux/arm64/v8:5"]
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Entries_are_compared_with_those_that_are_most_alike(
        string what, string[] source, string[] destination, string[] expected)
    {
        Assert.NotEmpty(what);
        await using MirrorPair pair =
            await MirrorPair.StartAsync(NumberedImages.List(source), NumberedImages.List(destination));
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        Assert.Equal(expected, NumberedImages.Told(result));
    }

    [Fact]
    public async Task An_attestation_made_anew_is_compared_with_that_of_the_same_platform()
    {
        BuiltManifest mirrored = WithAttestations(Attested, Attested.Children[1], Attested.Children[0]);
        await using MirrorPair pair = await MirrorPair.StartAsync(Attested, mirrored);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        string[] attestations = [.. Attested.Children.Skip(2).Select(one => one.Digest)];
        Assert.Equal(
            [
                $"AttestationMissing|linux/amd64|{attestations[0]}|{Another(Attested.Children[0]).Digest}",
                $"AttestationMissing|linux/arm64/v8|{attestations[1]}|{Another(Attested.Children[1]).Digest}",
            ],
            DifferenceTests.Told(result));
    }

    [Fact]
    public async Task An_attestation_is_not_compared_with_an_entry_that_attests_nothing()
    {
        BuiltManifest other = Another(Attested.Children[0]);
        BuiltManifest mirrored = new IndexBuilder(ImageFormat.Oci)
            .Add(Attested.Children[0])
            .Add(Attested.Children[1])
            .Add(other)
            .Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(Attested, mirrored);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        Assert.Equal(
            [
                $"AttestationMissing|linux/amd64|{Attested.Children[2].Digest}|",
                $"AttestationMissing|linux/arm64/v8|{Attested.Children[3].Digest}|",
                $"ExtraPlatform|unknown/unknown||{other.Digest}",
            ],
            DifferenceTests.Told(result));
    }

    private static BuiltManifest WithAttestations(BuiltManifest list, params BuiltManifest[] attested)
    {
        var index = new IndexBuilder(ImageFormat.Oci).Add(list.Children[0]).Add(list.Children[1]);
        foreach (BuiltManifest image in attested)
        {
            index.Add(new IndexEntry(Another(image))
            {
                Annotations = new Dictionary<string, string>
                {
                    ["vnd.docker.reference.digest"] = image.Digest,
                    ["vnd.docker.reference.type"] = "attestation-manifest",
                },
            });
        }

        return index.Build();
    }

    private static BuiltManifest Another(BuiltManifest image) => new ArtifactBuilder
    {
        Layers = [new BuiltBlob(RegistryMediaTypes.InToto, Encoding.UTF8.GetBytes($"another one of {image.Digest}"))],
        Platform = ImagePlatform.Unknown,
    }.Build();
}

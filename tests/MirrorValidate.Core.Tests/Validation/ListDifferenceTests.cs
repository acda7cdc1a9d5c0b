using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What is told of the entries of two lists.</summary>
public sealed class ListDifferenceTests
{
    private const string TypeAnnotation = "vnd.docker.reference.type";
    private const string DigestAnnotation = "vnd.docker.reference.digest";

    private static readonly BuiltManifest Image = NumberedImages.Of(1);
    private static readonly BuiltManifest Statement = ArtifactBuilder.Attestation(Image);

    [Fact]
    public async Task The_platforms_that_are_there_are_advised_where_others_are_missing_and_nowhere_else()
    {
        MirrorImageResult result = await CompareAsync(["1 linux/amd64", "2 linux/arm64"], ["3 linux/amd64"]);
        Assert.Equal(
            ["DigestDiffers linux/amd64: 1 -> 3", "MissingPlatform linux/arm64: 2 -> -"], NumberedImages.Told(result));
        Assert.DoesNotContain("-Platform", result.Differences[0].Remedy, StringComparison.Ordinal);
        Assert.Equal(
            "Mirror the image again with all platforms that are needed; if those that are there are all that is "
                + "wanted, validate with -Platform linux/amd64.",
            result.Differences[1].Remedy);
    }

    [Fact]
    public async Task No_selection_is_advised_that_cannot_tell_what_is_there_from_what_is_missing()
    {
        string[] source = ["1 windows/amd64 a", "2 windows/amd64 b"];
        MirrorDifference missing = Assert.Single((await CompareAsync(source, source[..1])).Differences);
        Assert.Equal("MissingPlatform", missing.Kind);
        Assert.EndsWith("or validate with the -Platform that was mirrored.", missing.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_selection_is_advised_that_cannot_tell_one_image_of_a_list_from_the_others()
    {
        BuiltManifest list = NumberedImages.List("1 windows/amd64 a", "2 windows/amd64 b");
        await using MirrorPair pair = await MirrorPair.StartAsync(list, Image);
        MirrorDifference told = (await pair.ValidateAsync()).Differences[0];
        Assert.Equal("NotAList", told.Kind);
        Assert.EndsWith("validate with -Comparison Platform and its -Platform.", told.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_without_a_platform_is_named_as_that_among_others() => Assert.Equal(
        ["Reordered: linux/amd64, (no platform) -> (no platform), linux/amd64"],
        NumberedImages.Told(await CompareAsync(["1 linux/amd64", "2 -"], ["2 -", "1 linux/amd64"])));

    [Fact]
    public async Task An_attestation_of_an_image_that_is_not_listed_has_no_platform()
    {
        BuiltManifest source = Listed(Statement.Platform, "attestation-manifest", NumberedImages.Of(2).Digest);
        Assert.Equal([$"AttestationMissing: {Statement.Digest} -> -"], await ToldWithoutAsync(source));
    }

    [Theory]
    [InlineData("unknown/unknown", "attestation-manifest", "AttestationMissing linux/amd64")]
    [InlineData("unknown/unknown", "something-else", "MissingPlatform unknown/unknown")]
    [InlineData("unknown/unknown", null, "MissingPlatform unknown/unknown")]
    [InlineData("linux/s390x", "attestation-manifest", "MissingPlatform linux/s390x")]
    public async Task An_attestation_states_no_known_platform_and_says_that_it_is_one(
        string platform, string? type, string expected)
    {
        BuiltManifest source = Listed(ImagePlatform.Parse(platform), type, Image.Digest);
        Assert.Equal($"{expected}: {Statement.Digest} -> -", (await ToldWithoutAsync(source)).First());
    }

    [Fact]
    public async Task An_image_in_place_of_a_list_that_lies_elsewhere_is_not_told_as_two_lists()
    {
        BuiltManifest nested = NumberedImages.List("2 linux/arm64");
        BuiltManifest source = new IndexBuilder(ImageFormat.Oci).Add(Entered(nested, "linux/amd64")).Build();
        BuiltManifest destination = new IndexBuilder(ImageFormat.Oci)
            .Add(Entered(Image, "linux/amd64")).Add(Entered(nested, "linux/s390x")).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorDifference told = (await pair.ValidateAsync()).Differences[0];
        Assert.Equal($"DigestDiffers linux/amd64: {nested.Digest} -> {Image.Digest}", $"{told}");
        Assert.DoesNotContain("Both lists", told.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an entry that stands twice", "1 linux/amd64;2 linux/arm64;3 -", "1 linux/amd64;3 -;3 -", "")]
    [InlineData(
        "one of two versions of Windows and a platform left out",
        "1 linux/amd64;2 windows/amd64:10.0.1.1;3 windows/amd64:10.0.2.1;4 linux/arm64",
        "1 linux/amd64;2 windows/amd64:10.0.1.1",
        "MissingPlatform windows/amd64:10.0.2.1: 3 -> -")]
    public async Task A_list_that_no_choice_of_architectures_makes_is_not_filtered(
        string what, string source, string destination, string expected)
    {
        Assert.NotEmpty(what);
        MirrorImageResult result = await CompareAsync(source.Split(';'), destination.Split(';'), "amd64");
        Assert.Equal(expected, string.Join(';', NumberedImages.Told(result)));
    }

    private static async Task<MirrorImageResult> CompareAsync(
        string[] source, string[] destination, string architectures = "*")
    {
        await using MirrorPair pair =
            await MirrorPair.StartAsync(NumberedImages.List(source), NumberedImages.List(destination));
        return await pair.ValidateAsync(architectures: architectures);
    }

    // The image, and a statement with the annotations of an attestation.
    private static BuiltManifest Listed(ImagePlatform? platform, string? type, string digest)
    {
        var annotations = new Dictionary<string, string> { [DigestAnnotation] = digest };
        if (type is not null) annotations[TypeAnnotation] = type;
        return new IndexBuilder(ImageFormat.Oci)
            .Add(Entered(Image, "linux/amd64"))
            .Add(new IndexEntry(Statement) { Platform = platform, Annotations = annotations })
            .Build();
    }

    private static async Task<IEnumerable<string>> ToldWithoutAsync(BuiltManifest source)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, NumberedImages.List("1 linux/amd64"));
        return (await pair.ValidateAsync(architectures: "*")).Differences.Select(told => $"{told}");
    }

    private static IndexEntry Entered(BuiltManifest manifest, string platform) =>
        new(manifest) { Platform = ImagePlatform.Parse(platform) };
}

using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Proven differences, each with its reason and the words that the FAQ teaches people to look for.</summary>
public sealed class FailedTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Image = SampleImages.Image("s");

    [Fact]
    public async Task What_is_missing_under_the_default_project_says_that_it_was_put_there()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.DockerList("app"), destination: null);
        SampleImages.DockerList("app").PutInto(pair.Destination.Store, "app", "v1");
        MirrorImageResult result = await pair.ValidateAsync(line: $"{pair.Source.Host}/{MirrorPair.SourceRepository} {pair.Destination.Host}/app v1");
        ResultAssert.Failed(ValidationReason.DestinationNotFound, "destination manifest does not exists", result);
        Assert.EndsWith("; \"library\" was put before the name, -DefaultProject '' looks for it as it is written", result.Message, StringComparison.Ordinal);
        Assert.Equal($"{pair.Destination.Host}/library/app", result.Destination);
    }

    [Fact]
    public async Task The_destination_has_no_such_tag()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, null);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.DestinationNotFound, "destination manifest does not exists", result);
        Assert.Contains("MANIFEST_UNKNOWN", result.Message, StringComparison.Ordinal);
        Assert.Equal((List.Digest, ""), (result.SourceDigest, result.DestinationDigest));
        Assert.Equal(2, result.SourceSpec.Count);
        Assert.Empty(result.DestinationSpec);
    }

    [Theory]
    [InlineData(MediaTypes.DockerManifest)]
    [InlineData(MediaTypes.OciManifest)]
    [InlineData(MediaTypes.DockerSchema1Signed)]
    [InlineData("application/vnd.example+json")]
    public async Task The_destination_is_no_list(string mediaType)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, mediaType switch
        {
            MediaTypes.DockerManifest => Image,
            MediaTypes.OciManifest => SampleImages.Image("s", ImageFormat.Oci),
            MediaTypes.DockerSchema1Signed => SampleImages.Schema1("s", "app", "v1"),
            _ => new BuiltManifest(mediaType, "{}"u8.ToArray()),
        });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.DestinationNotAList, $"destination manifest MIME type unknown: {mediaType}", result);
        Assert.Equal(mediaType, result.DestinationMediaType);
    }

    [Fact]
    public async Task One_image_stays_one_image_where_a_list_was_to_be()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Image);
        ResultAssert.Failed(
            ValidationReason.DestinationNotAList, $"destination manifest MIME type unknown: {MediaTypes.DockerManifest}", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task The_destinations_list_is_empty(string manifests)
    {
        var empty = new BuiltManifest(MediaTypes.DockerList, Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":{{manifests}}}"""));
        foreach (BuiltManifest source in new[] { List, Image, SampleImages.Schema1("s", "app", "v1") })
        {
            await using MirrorPair pair = await MirrorPair.StartAsync(source, empty);
            ResultAssert.Failed(ValidationReason.DestinationListEmpty, "destination manifest list is empty", await pair.ValidateAsync());
        }
    }

    [Fact]
    public async Task The_destinations_list_has_more_than_the_one_image()
    {
        BuiltManifest two = new IndexBuilder().Add(Image).AddImages("other", [ImagePlatform.LinuxArm64]).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(Image, two);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.DestinationListLength, "destination manifest list length should be 1", result);
        Assert.Equal(2, result.DestinationSpec.Count);
    }

    [Fact]
    public async Task The_one_image_is_another()
    {
        BuiltManifest other = SampleImages.Image("other");
        await using MirrorPair pair = await MirrorPair.StartAsync(Image, SampleImages.Wrapped(other));
        ResultAssert.Failed(
            ValidationReason.DigestMismatch, $"source digest \"{Image.Digest}\" != dest digest \"{other.Digest}\"", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("linux/arm64", "source arch \"amd64\" != dest arch \"arm64\"")]
    [InlineData("windows/amd64", "source os \"linux\" != dest os \"windows\"")]
    [InlineData("linux/amd64/v2", "source Variant \"\" != dest Variant \"v2\"")]
    [InlineData("linux/amd64:10.0.1", "dest os.version is \"10.0.1\", should be empty")]
    [InlineData("windows/arm64/v8:10.0.1", "source arch \"amd64\" != dest arch \"arm64\"")]
    [InlineData("windows/amd64/v8:10.0.1", "source os \"linux\" != dest os \"windows\"")]
    [InlineData("linux/amd64/v8:10.0.1", "source Variant \"\" != dest Variant \"v8\"")]
    public async Task The_one_image_is_entered_under_another_platform(string platform, string message)
    {
        foreach (BuiltManifest source in new[] { Image, SampleImages.Schema1("s", "app", "v1") })
        {
            BuiltManifest list = new IndexBuilder().Add(new IndexEntry(Image) { Platform = ImagePlatform.Parse(platform) }).Build();
            await using MirrorPair pair = await MirrorPair.StartAsync(source, list);
            ResultAssert.Failed(ValidationReason.PlatformMismatch, message, await pair.ValidateAsync());
        }
    }

    [Fact]
    public async Task The_one_image_is_entered_without_a_platform()
    {
        BuiltManifest list = new IndexBuilder().Add(new IndexEntry(Image) { Platform = null }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(Image, list);
        ResultAssert.Failed(ValidationReason.PlatformMismatch, "source arch \"amd64\" != dest arch \"\"", await pair.ValidateAsync());
    }

    [Fact]
    public async Task The_one_image_is_of_another_Windows()
    {
        BuiltManifest image = SampleImages.Image("s", platform: ImagePlatform.Parse("windows/amd64:10.0.1"));
        BuiltManifest list = new IndexBuilder().Add(new IndexEntry(image) { Platform = ImagePlatform.Parse("windows/amd64:10.0.2") }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(image, list);
        ResultAssert.Failed(
            ValidationReason.PlatformMismatch, "source os.version \"10.0.1\" != dest os.version \"10.0.2\"", await pair.ValidateAsync());
    }

    public static TheoryData<string, BuiltManifest, BuiltManifest, string> DifferentLists() => new()
    {
        { "another image", List, SampleImages.DockerList("other"), "amd64" },
        { "one absent", List, SampleImages.Filtered(List, platform => platform.Architecture != "arm64"), "amd64,arm64" },
        { "all absent", List, SampleImages.Filtered(List, platform => platform.Architecture == "s390x"), "amd64,arm64" },
        { "one too many", SampleImages.Filtered(List, platform => platform.Architecture != "arm64"), List, "amd64,arm64" },
        { "one twice", List, Edited(entries => [.. entries, entries[0]]), "amd64" },
        { "another variant", List, Edited(entries => [.. entries.Select(e => e with { Platform = e.Platform! with { Variant = "v9" } })]), "amd64" },
        { "another os", List, Edited(entries => [.. entries.Select(e => e with { Platform = e.Platform! with { OS = "freebsd" } })]), "amd64" },
        { "an os.version", List, Edited(entries => [.. entries.Select(e => e with { Platform = e.Platform! with { OSVersion = "1" } })]), "amd64" },
        { "digests swapped", List, Edited(entries => [entries[0] with { Digest = entries[1].Digest }, entries[1] with { Digest = entries[0].Digest }]), "amd64,arm64" },
        { "attestations left behind", SampleImages.OciIndex("s", true), SampleImages.OciIndex("s"), "*" },
        { "a Windows version absent", SampleImages.WindowsList("s"), SampleImages.Filtered(SampleImages.WindowsList("s"), p => p.OSVersion?.Contains("17763", StringComparison.Ordinal) != true), "amd64" },
    };

    [Theory]
    [MemberData(nameof(DifferentLists))]
    public async Task The_lists_differ(string what, BuiltManifest source, BuiltManifest destination, string architectures)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(architectures: architectures);
        Assert.NotEmpty(what);
        ResultAssert.Failed(
            ValidationReason.SpecMismatch,
            $"source manifest \"{pair.Source.Host}/library/app\" != dest \"{pair.Destination.Host}/mirror/app\", tag \"v1\"",
            result);
        Assert.NotEqual(result.SourceSpec.ToString(), result.DestinationSpec.ToString());
    }

    private static BuiltManifest Edited(Func<IndexEntry[], IndexEntry[]> edit)
    {
        var builder = new IndexBuilder();
        foreach (IndexEntry entry in edit([.. List.Children.Select(child => new IndexEntry(child))])) builder.Add(entry);
        return builder.Build();
    }
}

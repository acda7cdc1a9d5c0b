using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Stores.Shapes;

/// <summary>Reads the <c>index.json</c> of a hangar archive (hangar, pkg/hangar/archive/index.go).</summary>
internal static class HangarIndex
{
    private const int MaximumPlatforms = 1000;

    /// <summary>Whether the content of an <c>index.json</c> is that of an archive of hangar.</summary>
    internal static bool IsOne(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonMembers.Parse(content, "index");
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("list", out _);
        }
        catch (ManifestFormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// Reads the images. hangar adds to an archive by further entries of the same name; they are put together, unless
    /// they contradict each other.
    /// </summary>
    /// <param name="content">The content of the index.</param>
    /// <param name="maximum">The maximum number of images.</param>
    /// <exception cref="ManifestFormatException">The index is malformed.</exception>
    /// <exception cref="ManifestLimitException">There are too many images.</exception>
    internal static IReadOnlyList<HangarImage> Read(ReadOnlyMemory<byte> content, int maximum)
    {
        using JsonDocument document = JsonMembers.Parse(content, "index");
        JsonElement? list = JsonMembers.Find(document.RootElement, "index", "list")[0];
        return
        [
            .. JsonMembers.List(list, "list", maximum, ReadImage)
                .GroupBy(image => (image.Source, image.Tag))
                .SelectMany(Joined),
        ];
    }

    private static IEnumerable<HangarImage> Joined(IEnumerable<HangarImage> same)
    {
        HangarImage[] images = [.. same];
        Descriptor[] platforms =
        [
            .. images.SelectMany(image => image.Platforms).DistinctBy(one => (one.Digest, one.Platform)),
        ];
        bool agree = platforms.DistinctBy(one => one.Platform).Count() == platforms.Length;
        return agree ? [images[0] with { Platforms = platforms }] : images;
    }

    private static HangarImage ReadImage(JsonElement element)
    {
        JsonElement?[] members = JsonMembers.Find(element, "image", "source", "tag", "images");
        return new HangarImage(
            JsonMembers.Word(members[0], "source"),
            JsonMembers.Word(members[1], "tag"),
            JsonMembers.List(members[2], "images", MaximumPlatforms, ReadPlatform));
    }

    private static Descriptor ReadPlatform(JsonElement element)
    {
        JsonElement?[] members = JsonMembers.Find(
            element, "image", "arch", "os", "variant", "osVersion", "osFeatures", "mediaType", "digest");
        string digest = JsonMembers.Text(members[6], "digest");
        if (!Digest.TryParse(digest, out Digest? parsed))
            throw new ManifestFormatException($"the digest \"{Printable.Of(digest)}\" of an image is malformed");
        return new Descriptor(JsonMembers.Word(members[5], "mediaType"), parsed, Size: 0, new Platform
        {
            Architecture = JsonMembers.Word(members[0], "arch"),
            OS = JsonMembers.Word(members[1], "os"),
            Variant = JsonMembers.Word(members[2], "variant"),
            OSVersion = JsonMembers.Word(members[3], "osVersion"),
            OSFeatures = JsonMembers.List(
                members[4], "osFeatures", MaximumPlatforms, feature => JsonMembers.Word(feature, "osFeatures")),
        });
    }
}

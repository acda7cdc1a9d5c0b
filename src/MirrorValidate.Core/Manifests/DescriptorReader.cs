using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>Reads descriptors and platforms (OCI image-spec, descriptor.md and image-index.md).</summary>
internal static class DescriptorReader
{
    /// <summary>
    /// Reads an entry of an index. Its size is required (descriptor.md): clients take a missing one for 0, and then
    /// refuse the manifest.
    /// </summary>
    internal static Descriptor ReadEntry(JsonElement element)
    {
        Descriptor entry = Read(element, "index entry");
        return entry.Size != Descriptor.UnknownSize
            ? entry
            : throw new ManifestFormatException($"the index entry {entry.Digest} has no size");
    }

    /// <summary>
    /// Reads a descriptor. Size and media type may be missing, because old tools leave them out; the digest may not.
    /// </summary>
    internal static Descriptor Read(JsonElement element, string what)
    {
        JsonElement?[] members = JsonMembers.Find(
            element, what, "mediaType", "digest", "size", "platform", "annotations", "artifactType", "urls");
        string text = JsonMembers.Text(members[1], $"digest of the {what}");
        if (!Digest.TryParse(text, out Digest? digest))
        {
            throw new ManifestFormatException(text.Length == 0
                ? $"the {what} has no digest"
                : $"the digest \"{Printable.Of(text)}\" of the {what} is malformed");
        }

        return new Descriptor(
            JsonMembers.Word(members[0], $"mediaType of the {what}"),
            digest,
            Size(members[2], what),
            members[3] is { } platform ? ReadPlatform(platform) : null)
        {
            Annotations = Annotations(members[4], what),
            Urls = JsonMembers.List(
                members[6], $"urls of the {what}", 1000, static item => JsonMembers.Text(item, "url")),
            ArtifactType = members[5] is null ? null : JsonMembers.Word(members[5], $"artifactType of the {what}"),
        };
    }

    /// <summary>Reads the platform members of an index entry or of an image config; both use the same names.</summary>
    internal static Platform ReadPlatform(JsonElement element, string what = "platform")
    {
        JsonElement?[] members = JsonMembers.Find(
            element, what, "architecture", "os", "variant", "os.version", "os.features");
        return new Platform
        {
            Architecture = JsonMembers.Word(members[0], "architecture"),
            OS = JsonMembers.Word(members[1], "os"),
            Variant = JsonMembers.Word(members[2], "variant"),
            OSVersion = JsonMembers.Word(members[3], "os.version"),
            OSFeatures = JsonMembers.List(
                members[4], "os.features", 1000, static item => JsonMembers.Word(item, "os.features")),
        };
    }

    private static long Size(JsonElement? value, string what)
    {
        if (value is not { } element) return Descriptor.UnknownSize;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long size) && size >= 0) return size;
        throw new ManifestFormatException($"the size of the {what} is not a byte count");
    }

    private static Dictionary<string, string> Annotations(JsonElement? value, string what)
    {
        if (value is not { } element) return Descriptor.NoAnnotations;
        if (element.ValueKind != JsonValueKind.Object)
            throw new ManifestFormatException($"the annotations of the {what} are not a JSON object");
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
            annotations[JsonMembers.NameOf(member, what)] = JsonMembers.Text(member.Value, $"annotation of the {what}");
        return annotations;
    }
}

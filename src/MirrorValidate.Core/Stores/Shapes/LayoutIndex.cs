using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Stores.Shapes;

/// <summary>
/// Reads the <c>index.json</c> of an image layout (OCI image-spec, image-layout.md, "index.json file").
/// </summary>
internal static class LayoutIndex
{
    /// <summary>The annotation of an index whose store was saved without layers.</summary>
    internal const string SparseAnnotation = "io.github.mirrorvalidate.sparse";

    /// <summary>The annotation with a full name. containerd, docker, regctl and hauler write it.</summary>
    internal const string ContainerdName = "io.containerd.image.name";

    /// <summary>The annotation with a full name or a tag (OCI image-spec, annotations.md).</summary>
    internal const string RefName = "org.opencontainers.image.ref.name";

    private const string Kind = "kind";
    private const string SubjectDigest = "hauler.dev/subject-digest";

    /// <summary>Reads the index.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="maximum">The maximum number of entries.</param>
    /// <exception cref="ManifestFormatException">The bytes are no index.</exception>
    /// <exception cref="ManifestLimitException">There are too many entries.</exception>
    internal static (IReadOnlyList<StoredImage> Images, bool IsSparse) Read(ReadOnlyMemory<byte> content, int maximum)
    {
        using JsonDocument document = JsonMembers.Parse(content, "index");
        JsonElement?[] members =
            JsonMembers.Find(document.RootElement, "index", "schemaVersion", "mediaType", "manifests", "annotations");
        if (members[0] is not { ValueKind: JsonValueKind.Number } version
            || !version.TryGetInt32(out int number) || number != 2)
        {
            throw new ManifestFormatException("its schemaVersion is not 2");
        }

        string mediaType = JsonMembers.Word(members[1], "mediaType");
        if (mediaType is not ("" or MediaTypes.OciIndex))
            throw new ManifestFormatException($"its mediaType is \"{mediaType}\", not that of an OCI index");
        if (members[2] is null && !document.RootElement.TryGetProperty("manifests", out _))
            throw new ManifestFormatException("it has no manifests");
        IReadOnlyList<Descriptor> entries =
            JsonMembers.List(members[2], "manifests", maximum, ReadEntry);
        bool isSparse = members[3] is { ValueKind: JsonValueKind.Object } annotations
            && annotations.TryGetProperty(SparseAnnotation, out _);
        return (Named(entries), isSparse);
    }

    private static Descriptor ReadEntry(JsonElement element)
    {
        Descriptor entry = DescriptorReader.ReadEntry(element);
        return entry.MediaType.Length > 0
            ? entry
            : throw new ManifestFormatException($"the index entry {entry.Digest} has no mediaType");
    }

    private static StoredImage[] Named(IReadOnlyList<Descriptor> entries)
    {
        // What belongs to an image has the image's name in some stores. The image is the entry of no such kind.
        var images = new Dictionary<string, Descriptor>(StringComparer.Ordinal);
        foreach (Descriptor entry in entries)
        {
            if (Belonging(entry) is null) images.TryAdd(NameOf(entry)?.ToString() ?? "", entry);
        }

        return [.. entries.Select(entry => new StoredImage(entry, NameOf(entry, images))
        {
            WrittenName = entry.Annotations.GetValueOrDefault(RefName, ""),
        })];
    }

    // io.containerd.image.name comes before a full name in ref.name, and that before a tag.
    private static StoreName? NameOf(Descriptor entry)
    {
        if (StoreName.TryParseFull(entry.Annotations.GetValueOrDefault(ContainerdName), out StoreName? full))
            return full;
        string text = entry.Annotations.GetValueOrDefault(RefName, "");
        if (ImageName.IsTag(text)) return StoreName.OfTag(text);
        return StoreName.TryParseFull(text, out full) ? full : null;
    }

    private static StoreName? NameOf(Descriptor entry, Dictionary<string, Descriptor> images)
    {
        StoreName? name = NameOf(entry);
        if (name is null || Belonging(entry) is not { } extension) return name;
        // hauler keeps signatures and the like beside their image, where a registry has a tag for them.
        string subject = entry.Annotations.GetValueOrDefault(SubjectDigest, "");
        if (!Digest.TryParse(subject, out Digest? digest))
            digest = images.GetValueOrDefault(name.ToString())?.Digest;
        if (digest is null || extension.Length == 0) return null;
        string tag = $"{digest.Algorithm}-{digest.Encoded}.{extension}";
        return name.Full is { } full
            ? StoreName.OfFull(new ImageReference(full.Registry, full.Repository, tag))
            : StoreName.OfTag(tag);
    }

    // "dev.hauler/sigs", "dev.cosignproject.cosign/atts", "dev.hauler/sigs/HEX": the extension of cosign's tag, empty
    // for a referrer, null for an image.
    private static string? Belonging(Descriptor entry)
    {
        string[] parts = entry.Annotations.GetValueOrDefault(Kind, "").Split('/');
        return parts.Length < 2 ? null : parts[1] switch
        {
            "sigs" => "sig",
            "atts" => "att",
            "sboms" => "sbom",
            "referrers" => "",
            _ => null,
        };
    }
}

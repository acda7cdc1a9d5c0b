using System.Text.Json;
using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>
/// Parses manifests. It is strict where clients could read the same bytes differently: the body's own <c>mediaType</c>
/// must agree with the registry's <c>Content-Type</c> (CVE-2021-41190), and a body is an index or an image, never both.
/// </summary>
internal static partial class ManifestReader
{
    /// <summary>The maximum number of entries in an index, and of layers in an image.</summary>
    public const int MaximumEntries = 50_000;

    /// <summary>Reads a manifest.</summary>
    /// <param name="content">The exact bytes.</param>
    /// <param name="contentType">The registry's <c>Content-Type</c>, with or without parameters.</param>
    /// <param name="algorithm">The algorithm of <see cref="Manifest.Digest"/>: <c>sha256</c> or <c>sha512</c>.</param>
    /// <exception cref="ManifestFormatException">
    /// The bytes are not a manifest, or contradict themselves or their type.
    /// </exception>
    /// <exception cref="ManifestLimitException">
    /// There are more than <see cref="MaximumEntries"/> entries or layers.
    /// </exception>
    public static Manifest Read(ReadOnlyMemory<byte> content, string? contentType, string algorithm = "sha256")
    {
        using JsonDocument document = JsonMembers.Parse(content, "manifest");
        JsonElement root = document.RootElement;
        JsonElement?[] members = JsonMembers.Find(
            root,
            "manifest",
            "schemaVersion", "mediaType", "manifests", "config", "layers", "fsLayers", "artifactType");
        string inBody = JsonMembers.Word(members[1], "mediaType");
        string mediaType = AgreedMediaType(contentType, inBody, () => Shape(members));
        (JsonElement? manifests, JsonElement? config, JsonElement? layers) = (members[2], members[3], members[4]);
        if (manifests is not null && (config is not null || layers is not null || members[5] is not null))
            throw new ManifestFormatException("the manifest has both an index's entries and an image's layers");
        if (members[5] is not null && (config is not null || layers is not null))
            throw new ManifestFormatException("the manifest has the layers of both schema 1 and schema 2");
        CheckSchemaVersion(members[0], mediaType);
        if (MediaTypes.IsSchema1(mediaType)) return Schema1Reader.Read(mediaType, content, root, algorithm);
        Digest digest = Digest.Of(algorithm, content.Span);
        if (MediaTypes.IsIndex(mediaType))
        {
            // Go writes a nil list as null, so null is an empty list. Without the member, this is not an index.
            if (manifests is null && !root.TryGetProperty("manifests", out _))
                throw new ManifestFormatException("the index has no manifests");
            return new ManifestIndex(
                mediaType,
                digest,
                content,
                JsonMembers.List(manifests, "manifests", MaximumEntries, DescriptorReader.ReadEntry))
            {
                ArtifactType = ArtifactType(members[6]),
            };
        }

        if (!MediaTypes.IsManifest(mediaType)) return new UnknownManifest(mediaType, digest, content);
        if (config is null) throw new ManifestFormatException("the manifest has no config");
        return new ImageManifest(
            mediaType,
            digest,
            content,
            DescriptorReader.Read(config.Value, "config"),
            JsonMembers.List(layers, "layers", MaximumEntries, static e => DescriptorReader.Read(e, "layer")))
        {
            ArtifactType = ArtifactType(members[6]),
        };
    }

    /// <summary>
    /// The media type in a <c>Content-Type</c>, in lower case and without parameters; empty if there is none.
    /// </summary>
    internal static string WithoutParameters(string? contentType) =>
        (contentType ?? "").Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <summary>
    /// Whether a media type without parameters says what a manifest is. Plain file servers and some proxies send a
    /// general type for every manifest.
    /// </summary>
    internal static bool TellsType(string mediaType) =>
        mediaType is not ("" or "application/json" or "application/octet-stream" or "text/plain");

    private static string? ArtifactType(JsonElement? value) =>
        value is null ? null : JsonMembers.Word(value, "artifactType");

    private static string AgreedMediaType(string? contentType, string inBody, Func<string> shape)
    {
        string stated = WithoutParameters(contentType);
        // Messages and results show it unchanged, so it must be a media type and nothing else.
        if (inBody.Length > 0 && !MediaTypeGrammar().IsMatch(inBody))
            throw new ManifestFormatException($"the mediaType \"{Printable.Of(inBody)}\" of the manifest is malformed");
        // If the header does not say what it is, the body does.
        if (!TellsType(stated))
            return inBody.Length > 0 ? inBody.ToLowerInvariant() : shape() is { Length: > 0 } known ? known : stated;
        if (inBody.Length > 0 && !inBody.Equals(stated, StringComparison.OrdinalIgnoreCase))
        {
            throw new ManifestFormatException(
                $"the manifest says that it is \"{inBody}\", its Content-Type that it is \"{Printable.Of(stated)}\"");
        }

        return stated;
    }

    private static string Shape(JsonElement?[] members) => members switch
    {
        [_, _, not null, null, null, null, _] => MediaTypes.OciIndex,
        [_, _, null, not null, _, null, _] => MediaTypes.OciManifest,
        [_, _, null, null, null, not null, _] => MediaTypes.DockerSchema1,
        _ => "",
    };

    private static void CheckSchemaVersion(JsonElement? value, string mediaType)
    {
        int expected = MediaTypes.IsSchema1(mediaType) ? 1
            : MediaTypes.IsIndex(mediaType) || MediaTypes.IsManifest(mediaType) ? 2
            : 0;
        if (expected == 0 || value is not { } element) return;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out int version) || version != expected)
        {
            throw new ManifestFormatException(
                $"the schemaVersion of a manifest of type \"{mediaType}\" should be {expected}");
        }
    }

    // RFC 6838, section 4.2.
    [GeneratedRegex(
        @"\A[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex MediaTypeGrammar();
}

using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>
/// Reads Docker schema 1 manifests. A signed one has its signatures inside the JSON, and the registry may add another
/// when it serves it. So its digest is that of the payload: the first <c>formatLength</c> bytes of the body, then
/// <c>formatTail</c>, both from the <c>protected</c> header (Docker image manifest V2 schema 1, "Signed Manifests").
/// </summary>
internal static class Schema1Reader
{
    internal static Schema1Manifest Read(
        string mediaType, ReadOnlyMemory<byte> content, JsonElement root, string algorithm)
    {
        JsonElement? signatures = JsonMembers.Find(root, "schema 1 manifest", "signatures")[0];
        if (signatures is null) return Read(root, mediaType, Digest.Of(algorithm, content.Span), content);
        // The digest covers only the payload, so the rest is ignored.
        byte[] payload = Payload(content, signatures.Value);
        using JsonDocument document = JsonMembers.Parse(payload, "signed payload of the schema 1 manifest");
        return Read(document.RootElement, mediaType, Digest.Of(algorithm, payload), content);
    }

    private static Schema1Manifest Read(
        JsonElement root, string mediaType, Digest digest, ReadOnlyMemory<byte> content) =>
        new(mediaType, digest, content, ReadPlatform(root))
        {
            Layers = ReadList(root, "fsLayers", ReadLayer),
            History = ReadList(root, "history", ReadHistory),
        };

    private static IReadOnlyList<T> ReadList<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
        JsonMembers.List(
            JsonMembers.Find(root, "schema 1 manifest", name)[0], name, ManifestReader.MaximumEntries, read);

    private static string ReadHistory(JsonElement entry)
    {
        try
        {
            return entry.GetRawText();
        }
        catch (InvalidOperationException e)
        {
            throw new ManifestFormatException("a history entry of the schema 1 manifest is not valid UTF-8", e);
        }
    }

    private static Digest ReadLayer(JsonElement layer)
    {
        string text = JsonMembers.Text(JsonMembers.Find(layer, "fsLayers entry", "blobSum")[0], "blobSum");
        return Digest.TryParse(text, out Digest? digest)
            ? digest
            : throw new ManifestFormatException(
                $"the blobSum \"{Printable.Of(text)}\" of the schema 1 manifest is not a digest");
    }

    private static Platform ReadPlatform(JsonElement root)
    {
        JsonElement?[] members = JsonMembers.Find(root, "schema 1 manifest", "architecture", "history", "fsLayers");
        if (members[2] is not { ValueKind: JsonValueKind.Array })
            throw new ManifestFormatException("the schema 1 manifest has no fsLayers");
        Platform newest = NewestHistoryEntry(members[1]);
        string architecture = JsonMembers.Word(members[0], "architecture");
        return newest with
        {
            Architecture = architecture.Length > 0 ? architecture : newest.Architecture,
            // Schema 1 is from when all images were for Linux, so an image that names no system is for Linux.
            OS = newest.OS.Length > 0 ? newest.OS : "linux",
        };
    }

    private static Platform NewestHistoryEntry(JsonElement? history)
    {
        if (history is not { ValueKind: JsonValueKind.Array } entries || entries.GetArrayLength() == 0)
            throw new ManifestFormatException("the schema 1 manifest has no history");
        JsonElement?[] members = JsonMembers.Find(entries[0], "history entry", "v1Compatibility");
        string json = JsonMembers.Text(members[0], "v1Compatibility");
        const string What = "v1Compatibility of the schema 1 manifest";
        using JsonDocument document = JsonMembers.Parse(Encoding.UTF8.GetBytes(json), What);
        return DescriptorReader.ReadPlatform(document.RootElement, What);
    }

    private static byte[] Payload(ReadOnlyMemory<byte> content, JsonElement signatures)
    {
        if (signatures.ValueKind != JsonValueKind.Array || signatures.GetArrayLength() == 0)
        {
            throw new ManifestFormatException(
                "the signatures of the schema 1 manifest are not an array with an element");
        }

        JsonElement?[] signature = JsonMembers.Find(signatures[0], "signature", "protected");
        byte[] header = FromBase64Url(JsonMembers.Text(signature[0], "protected header"));
        using JsonDocument document = JsonMembers.Parse(header, "protected header of the signature");
        JsonElement?[] format = JsonMembers.Find(
            document.RootElement, "protected header", "formatLength", "formatTail");
        if (format[0] is not { ValueKind: JsonValueKind.Number } number
            || !number.TryGetInt32(out int length) || length < 0 || length > content.Length)
        {
            throw new ManifestFormatException("the formatLength of the signature does not fit the manifest");
        }

        byte[] tail = FromBase64Url(JsonMembers.Text(format[1], "formatTail"));
        byte[] payload = new byte[length + tail.Length];
        content.Span[..length].CopyTo(payload);
        tail.CopyTo(payload, length);
        return payload;
    }

    private static byte[] FromBase64Url(string text)
    {
        string padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        try
        {
            return Convert.FromBase64String(padded);
        }
        catch (FormatException e)
        {
            throw new ManifestFormatException("the signature of the schema 1 manifest is not base64url", e);
        }
    }
}

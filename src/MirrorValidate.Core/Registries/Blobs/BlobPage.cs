using MirrorValidate.Manifests;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Blobs;

/// <summary>
/// Tells a blob from a web page or a text that is answered in its place with 200, as fronts do that want their users to
/// sign in. Such an answer says nothing about the blob.
/// </summary>
internal static class BlobPage
{
    // The first byte of what gzip made, whatever a server takes it for.
    private const byte GZip = 0x1f;

    /// <summary>Whether a response to GET is such an answer.</summary>
    internal static bool IsInPlaceOf(Descriptor blob, RegistryResponse response)
    {
        string type = TypeOf(response);
        if (type.Length > 0 && type.Equals(blob.MediaType, StringComparison.OrdinalIgnoreCase)) return false;
        if (IsHtml(type)) return true;
        // A size that is known tells the two apart, and so does a digest.
        if (blob.Size != Descriptor.UnknownSize || response.DigestHeader == blob.Digest.ToString()) return false;
        return response.Body is [(byte)'<', ..] || (IsText(type, blob.MediaType) && response.Body is not [GZip, ..]);
    }

    /// <summary>The clause for the message.</summary>
    internal static string Describe(RegistryResponse response)
    {
        string type = TypeOf(response);
        return IsHtml(type) ? "an HTML page in place of the blob"
            : type.Length > 0 ? $"a text in place of the blob ({type})"
            : "a text in place of the blob";
    }

    private static string TypeOf(RegistryResponse response) => ManifestReader.WithoutParameters(response.ContentType);

    private static bool IsHtml(string type) => type is "text/html" or "application/xhtml+xml";

    // Registries send layers as application/octet-stream, or as the type that their descriptor states.
    private static bool IsText(string type, string expected) =>
        type.StartsWith("text/", StringComparison.Ordinal)
        || type.EndsWith("xml", StringComparison.Ordinal)
        || (IsJson(type) && !IsJson(expected));

    private static bool IsJson(string type) => type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}

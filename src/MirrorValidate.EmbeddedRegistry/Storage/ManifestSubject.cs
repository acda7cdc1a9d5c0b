using System.Text.Json;

namespace MirrorValidate.Embedded;

/// <summary>
/// What the referrers API returns about a manifest with a <c>subject</c> (OCI distribution-spec, "Listing Referrers").
/// </summary>
internal sealed record ManifestSubject(
    string Digest, string? ArtifactType, IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>Reads the subject; null if there is none or <paramref name="manifest"/> is not a JSON object.</summary>
    public static ManifestSubject? TryRead(ReadOnlyMemory<byte> manifest)
    {
        try
        {
            using var document = JsonDocument.Parse(manifest);
            var root = document.RootElement;
            if (Member(root, "subject") is not { } subject || Text(subject, "digest") is not { } digest)
            {
                return null;
            }

            var artifactType = Text(root, "artifactType")
                ?? (Member(root, "config") is { } config ? Text(config, "mediaType") : null);
            return new ManifestSubject(digest, artifactType, ReadAnnotations(root));
        }
        catch (JsonException)
        {
            // Garbage may be stored on purpose. It has no subject.
            return null;
        }
    }

    private static Dictionary<string, string> ReadAnnotations(JsonElement root)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Member(root, "annotations") is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                annotations[member.Name] = member.Value.ToString();
            }
        }

        return annotations;
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

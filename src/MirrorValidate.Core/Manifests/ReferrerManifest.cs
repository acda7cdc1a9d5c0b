using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>
/// What a manifest says about itself as a referrer of another (OCI image-spec 1.1, manifest.md and image-index.md:
/// <c>subject</c>, <c>artifactType</c>, annotations). What is malformed is ignored.
/// </summary>
/// <param name="Subject">The manifest that it refers to; <see langword="null"/> for none.</param>
/// <param name="ArtifactType">
/// The type of artifact: <c>artifactType</c>, else the config's media type, else that of the first layer; empty if none
/// of them says.
/// </param>
/// <param name="Annotations">Its annotations and, if it has exactly one layer, that layer's.</param>
internal sealed record ReferrerManifest(
    Digest? Subject, string ArtifactType, IReadOnlyDictionary<string, string> Annotations)
{
    private const string EmptyType = "application/vnd.oci.empty.v1+json";

    /// <summary>
    /// Whether an artifact type says what the artifact is. The type of an empty config or of an image's does not:
    /// clients that write a list of referrers use it when they know none.
    /// </summary>
    internal static bool Tells(string? artifactType) =>
        !string.IsNullOrEmpty(artifactType) && artifactType != EmptyType && !MediaTypes.IsImageConfig(artifactType);

    /// <summary>Reads a manifest.</summary>
    internal static ReferrerManifest Read(Manifest manifest)
    {
        using JsonDocument document = JsonDocument.Parse(manifest.Content);
        JsonElement root = document.RootElement;
        string digest = TextOf(MemberOf(MemberOf(root, "subject"), "digest"));
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (manifest is ImageManifest { Layers: [var only] })
        {
            foreach ((string name, string value) in only.Annotations) annotations[name] = value;
        }

        if (MemberOf(root, "annotations") is { ValueKind: JsonValueKind.Object } own)
        {
            foreach (JsonProperty member in own.EnumerateObject()) annotations[member.Name] = TextOf(member.Value);
        }

        return new ReferrerManifest(
            Digest.TryParse(digest, out Digest? subject) ? subject : null,
            TypeOf(manifest, TextOf(MemberOf(root, "artifactType"))),
            annotations);
    }

    private static string TypeOf(Manifest manifest, string stated)
    {
        IEnumerable<string> types = manifest is ImageManifest image
            ? [stated, image.Config.MediaType, .. image.Layers.Take(1).Select(layer => layer.MediaType)]
            : [stated];
        return types.FirstOrDefault(Tells) ?? "";
    }

    private static JsonElement MemberOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value
            : default;

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            // Not valid UTF-8.
            return "";
        }
    }
}

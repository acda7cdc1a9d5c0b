using System.Text.Json;
using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Recognizes a schema 1 image that was copied: the manifest names repository and tag and is signed, so that each copy
/// has another digest (Docker image manifest V2, schema 1).
/// </summary>
internal static class SignedAnew
{
    /// <summary>Whether two manifests differ in nothing but name, tag and signatures.</summary>
    internal static bool Is(Manifest source, Manifest destination) =>
        source is Schema1Manifest from && destination is Schema1Manifest to
        && from.Platform == to.Platform
        && from.Layers.SequenceEqual(to.Layers)
        && HistoryOf(from).SequenceEqual(HistoryOf(to));

    private static List<string> HistoryOf(Schema1Manifest manifest)
    {
        using JsonDocument document = JsonDocument.Parse(manifest.Content);
        return document.RootElement.TryGetProperty("history", out JsonElement history)
            && history.ValueKind == JsonValueKind.Array
            ? [.. history.EnumerateArray().Select(entry => entry.GetRawText())]
            : [];
    }
}

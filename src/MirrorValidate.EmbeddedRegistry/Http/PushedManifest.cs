using System.Text.Json;

namespace MirrorValidate.Embedded;

/// <summary>What the registry reads from a pushed manifest.</summary>
/// <param name="MediaType">Its media type, from the Content-Type or else from the body.</param>
/// <param name="Blobs">The digests of its blobs, without foreign layers.</param>
/// <param name="Manifests">The digests of the manifests that it lists.</param>
/// <param name="Fault">What is wrong with it; null if it is valid.</param>
internal sealed record PushedManifest(
    string MediaType, IReadOnlyList<string> Blobs, IReadOnlyList<string> Manifests, string? Fault)
{
    public static PushedManifest Read(byte[] content, string? contentType)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var stated = root.TryGetProperty("mediaType", out var own) ? own.GetString() : null;
            if (contentType is not null && stated is not null && stated != contentType)
            {
                return Invalid($"mediaType in manifest should be '{contentType}' not '{stated}'");
            }

            var mediaType = contentType ?? stated
                ?? (root.TryGetProperty("fsLayers", out _)
                    ? RegistryMediaTypes.DockerSchema1
                    : RegistryMediaTypes.OciManifest);
            return new PushedManifest(mediaType, [.. ReadBlobs(root)], [.. Digests(root, "manifests", "digest")], null);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Invalid(exception.Message);
        }
    }

    private static PushedManifest Invalid(string fault) => new("", [], [], fault);

    private static IEnumerable<string> ReadBlobs(JsonElement root)
    {
        if (root.TryGetProperty("config", out var config))
        {
            yield return config.GetProperty("digest").GetString()!;
        }

        foreach (var digest in Digests(root, "layers", "digest").Concat(Digests(root, "fsLayers", "blobSum")))
        {
            yield return digest;
        }
    }

    private static IEnumerable<string> Digests(JsonElement root, string list, string member)
    {
        if (!root.TryGetProperty(list, out var entries) || entries.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var entry in entries.EnumerateArray().Where(entry => !entry.TryGetProperty("urls", out _)))
        {
            yield return entry.GetProperty(member).GetString()!;
        }
    }
}

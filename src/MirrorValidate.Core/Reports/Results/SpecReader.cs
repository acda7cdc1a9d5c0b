using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Results;

/// <summary>
/// Reads the specs of a side: objects, or the JSON that <see cref="ManifestSpecJson"/> writes for CSV files.
/// </summary>
internal static class SpecReader
{
    internal static ManifestSpecCollection Read(IResultValue? specs)
    {
        ManifestSpec[] all = specs is null ? [] : [.. specs.Items.SelectMany(ReadOne)];
        return all.Length == 0 ? ManifestSpecCollection.Empty : new ManifestSpecCollection(all);
    }

    private static IEnumerable<ManifestSpec> ReadOne(IResultValue spec)
    {
        if (spec.Member("digest") is { } digest) return [new ManifestSpec(digest.Text, PlatformOf(spec))];
        if (Parse(spec.Text) is not { } json) return [];
        return json.Items.Where(item => item.Member("digest") is not null).SelectMany(ReadOne);
    }

    private static JsonValue? Parse(string text)
    {
        if (!text.StartsWith('[') && !text.StartsWith('{')) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new JsonValue(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Platform? PlatformOf(IResultValue spec)
    {
        if (spec.Member("platform") is not { } platform) return null;
        if (platform.Member("architecture") is null) return ReadText(platform.Text);
        return new Platform
        {
            Architecture = ResultReader.TextOf(platform, "architecture"),
            OS = ResultReader.TextOf(platform, "os"),
            Variant = ResultReader.TextOf(platform, "variant"),
            OSVersion = Either(platform, "os.version", "OSVersion")?.Text ?? "",
            OSFeatures = ResultReader.Texts(Either(platform, "os.features", "OSFeatures")),
        };
    }

    private static IResultValue? Either(IResultValue value, string name, string otherName) =>
        value.Member(name) ?? value.Member(otherName);

    // ConvertTo-Json leaves the text of what lies deeper than it goes: os/arch[/variant][:os.version].
    private static Platform? ReadText(string text)
    {
        string[] halves = text.Split(':', 2);
        string[] parts = halves[0].Split('/');
        return parts.Length < 2
            ? null
            : new Platform
            {
                OS = parts[0],
                Architecture = parts[1],
                Variant = parts.ElementAtOrDefault(2) ?? "",
                OSVersion = halves.ElementAtOrDefault(1) ?? "",
            };
    }
}

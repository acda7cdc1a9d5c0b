using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MirrorValidate.Manifests;

/// <summary>
/// What an image config says about how its image was built (OCI image-spec, config.md). It explains differences and
/// never decides a verdict, so what is missing or malformed is treated as unknown.
/// </summary>
/// <param name="Created">When the image was built; <see langword="null"/> if the config has no usable date.</param>
/// <param name="DiffIds">
/// The digests of the uncompressed layers (<c>rootfs.diff_ids</c>), base first; empty if the config has none.
/// </param>
/// <param name="Settings">
/// How the image runs, as JSON that does not depend on which tool wrote the config.
/// </param>
internal sealed record ImageBuild(DateTimeOffset? Created, IReadOnlyList<string> DiffIds, string Settings)
{
    // The members of "config" that OCI defines. The others are Docker's, and get lost when an image is converted.
    private static readonly string[] _settings =
        ["Cmd", "Entrypoint", "Env", "ExposedPorts", "Labels", "StopSignal", "User", "Volumes", "WorkingDir"];

    /// <summary>Reads a config.</summary>
    /// <exception cref="ManifestFormatException">
    /// The bytes are not a JSON object, or a string in it is not valid UTF-8.
    /// </exception>
    internal static ImageBuild Read(ReadOnlyMemory<byte> config)
    {
        using JsonDocument document = JsonMembers.Parse(config, "image config");
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new ManifestFormatException("the image config is not a JSON object");
        try
        {
            return new ImageBuild(CreatedOf(root), DiffIdsOf(root), SettingsOf(root));
        }
        catch (InvalidOperationException e)
        {
            throw new ManifestFormatException("a text of the image config is not valid UTF-8", e);
        }
    }

    // Reproducible builds leave the time out, or set it to the epoch of Unix (1970) or of ZIP archives (1980).
    private const int LastYearWithoutMeaning = 1980;

    private static DateTimeOffset? CreatedOf(JsonElement root) =>
        root.TryGetProperty("created", out JsonElement created)
        && created.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(
            created.GetString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time)
        && time.UtcDateTime.Year > LastYearWithoutMeaning
            ? time
            : null;

    private static string[] DiffIdsOf(JsonElement root) =>
        root.TryGetProperty("rootfs", out JsonElement rootfs)
        && rootfs.ValueKind == JsonValueKind.Object
        && rootfs.TryGetProperty("diff_ids", out JsonElement ids)
        && ids.ValueKind == JsonValueKind.Array
        && ids.EnumerateArray().All(id => id.ValueKind == JsonValueKind.String)
            ? [.. ids.EnumerateArray().Select(id => id.GetString()!)]
            : [];

    private static string SettingsOf(JsonElement root)
    {
        if (!root.TryGetProperty("config", out JsonElement config) || config.ValueKind != JsonValueKind.Object)
            return "";
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (string name in _settings)
            {
                if (!config.TryGetProperty(name, out JsonElement value) || IsEmpty(value)) continue;
                writer.WritePropertyName(name);
                WriteSorted(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static void WriteSorted(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonProperty member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Name);
            WriteSorted(writer, member.Value);
        }

        writer.WriteEndObject();
    }
}

using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>
/// Reads members of JSON objects that come from a registry. Clients differ in how they read a member that occurs twice
/// or in other case, so both are refused, and so is a value of the wrong type. Go, and so Docker, also folds the long s
/// (U+017F) to s, and the Kelvin sign to k; no member that is read here has a k in its name.
/// </summary>
internal static class JsonMembers
{
    /// <summary>Parses a document.</summary>
    /// <exception cref="ManifestFormatException">The bytes are not JSON, or it is nested too deeply.</exception>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new ManifestFormatException($"the {what} is not JSON", e);
        }
    }

    /// <summary>
    /// Finds members of an object by name; absent and <c>null</c> members are <see langword="null"/>.
    /// </summary>
    /// <exception cref="ManifestFormatException">The element is not an object, or a member is ambiguous.</exception>
    internal static JsonElement?[] Find(JsonElement element, string what, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ManifestFormatException($"the {what} is not a JSON object");
        var found = new JsonElement?[names.Length];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = NameOf(member, what);
            for (int i = 0; i < names.Length; i++)
            {
                if (!name.Replace('ſ', 's').Equals(names[i], StringComparison.OrdinalIgnoreCase)) continue;
                if (found[i] is not null || name != names[i])
                {
                    throw new ManifestFormatException(
                        $"the {what} is ambiguous: member \"{names[i]}\" occurs twice or in other case");
                }

                found[i] = member.Value;
            }
        }

        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is { ValueKind: JsonValueKind.Null }) found[i] = null;
        }

        return found;
    }

    /// <summary>
    /// The text of a member or of an array element; empty if it is absent or <c>null</c>. Registries and clients do the
    /// same, because Go leaves a string empty for <c>null</c>, in arrays and maps too (encoding/json, "Unmarshal").
    /// </summary>
    internal static string Text(JsonElement? value, string what)
    {
        if (value is not { } element || element.ValueKind == JsonValueKind.Null) return "";
        if (element.ValueKind != JsonValueKind.String) throw new ManifestFormatException($"the {what} is not a string");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new ManifestFormatException($"the {what} is not valid UTF-8", e);
        }
    }

    /// <summary>The text of a member that is shown to people; empty if it is absent.</summary>
    /// <exception cref="ManifestFormatException">
    /// It has characters that control a terminal or change the direction of text.
    /// </exception>
    internal static string Word(JsonElement? value, string what)
    {
        string text = Text(value, what);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Printable.IsSteering(rune)) throw new ManifestFormatException($"the {what} has control characters");
        }

        return text;
    }

    /// <summary>The elements of an array member; none if it is absent.</summary>
    /// <exception cref="ManifestFormatException">The member is not an array.</exception>
    /// <exception cref="ManifestLimitException">It has more than <paramref name="maximum"/> elements.</exception>
    internal static IReadOnlyList<T> List<T>(JsonElement? value, string what, int maximum, Func<JsonElement, T> read)
    {
        if (value is not { } element) return [];
        if (element.ValueKind != JsonValueKind.Array) throw new ManifestFormatException($"the {what} is not an array");
        int count = element.GetArrayLength();
        if (count > maximum) throw new ManifestLimitException($"the {what} has {count} elements, more than {maximum}");
        var list = new List<T>(count);
        foreach (JsonElement item in element.EnumerateArray()) list.Add(read(item));
        return list;
    }

    internal static string NameOf(JsonProperty member, string what)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new ManifestFormatException($"a member name of the {what} is not valid UTF-8", e);
        }
    }
}

using System.Text.Json;

namespace MirrorValidate.Reports.Results;

/// <summary>A value in a JSON document.</summary>
/// <param name="element">The element.</param>
internal sealed class JsonValue(JsonElement element) : IResultValue
{
    public string Text => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => element.GetRawText(),
    };

    public IEnumerable<IResultValue> Items => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(item => new JsonValue(item)),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [this],
    };

    public IResultValue? Member(string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return new JsonValue(property.Value);
        }

        return null;
    }
}

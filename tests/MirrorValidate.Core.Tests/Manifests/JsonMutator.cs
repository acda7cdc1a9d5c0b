using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>
/// Rewrites JSON with some places spoiled, as a hostile registry would: members dropped, doubled, in other case, values of
/// another type, or enormous.
/// </summary>
internal sealed class JsonMutator(Random random, double rate)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "9223372036854775808", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\\u001b[2J\"", "[]", "{}", "[[[[1]]]]",
        "[null]", "{\"\":null}", "\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"", "\"md5:x\"",
        "\"" + new string('x', 5000) + "\"", new string('[', 70) + new string(']', 70),
    ];

    private readonly StringBuilder _text = new();

    internal static byte[] Mutate(ReadOnlyMemory<byte> json, Random random, double rate)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var mutator = new JsonMutator(random, rate);
        mutator.Write(document.RootElement);
        return Encoding.UTF8.GetBytes(mutator._text.ToString());
    }

    private bool Strikes => random.NextDouble() < rate;

    private void Write(JsonElement element)
    {
        if (Strikes) _text.Append(Values[random.Next(Values.Length)]);
        else if (element.ValueKind == JsonValueKind.Object) WriteObject(element);
        else if (element.ValueKind == JsonValueKind.Array) WriteArray(element);
        else _text.Append(element.GetRawText());
    }

    private void WriteObject(JsonElement element)
    {
        List<(string Name, JsonElement Value)> members = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (Strikes) continue;
            string name = Strikes ? member.Name.ToUpperInvariant() : Strikes ? member.Name.Replace('s', 'ſ') : member.Name;
            members.Add((name, member.Value));
            if (Strikes) members.Insert(random.Next(members.Count), (member.Name, member.Value));
        }

        _text.Append('{');
        for (int i = 0; i < members.Count; i++)
        {
            if (i > 0) _text.Append(',');
            _text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(members[i].Name)).Append("\":");
            Write(members[i].Value);
        }

        _text.Append('}');
    }

    private void WriteArray(JsonElement element)
    {
        List<JsonElement> items = [.. element.EnumerateArray().Where(_ => !Strikes)];
        if (items.Count > 0 && Strikes) items.Add(items[random.Next(items.Count)]);
        _text.Append('[');
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0) _text.Append(',');
            Write(items[i]);
        }

        _text.Append(']');
    }
}

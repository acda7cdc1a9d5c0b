using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MirrorValidate.Shell.StandIns.Data;

/// <summary>
/// Writes objects as JSON by the rules of pwsh's ConvertTo-Json: public properties and fields, then what PowerShell has added;
/// enums as numbers unless asked otherwise; what lies deeper than the depth as its text.
/// </summary>
internal sealed class JsonText(int depth, bool compress, bool enumsAsStrings)
{
    public string Write(object? value)
    {
        JsonWriterOptions options = new() { Indented = !compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = depth + 8 };
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, options))
            WriteValue(writer, value, level: 0);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void WriteValue(Utf8JsonWriter writer, object? value, int level)
    {
        PSObject? wrapped = value as PSObject;
        object? bare = wrapped is null ? value : wrapped.BaseObject;
        if (WriteScalar(writer, bare))
            return;
        if (level > depth)
            writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
        else if (bare is IDictionary table)
            WriteMembers(writer, table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, entry.Value)), level);
        else if (bare is IEnumerable list)
            WriteList(writer, list, level);
        else
            WriteMembers(writer, MembersOf(bare!, wrapped), level);
    }

    private bool WriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                writer.WriteNullValue();
                return true;
            case string or char or Uri or Guid:
                writer.WriteStringValue(value.ToString());
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case SwitchParameter flag:
                writer.WriteBooleanValue(flag);
                return true;
            case DateTime time:
                writer.WriteStringValue(time);
                return true;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                return true;
            case Enum when enumsAsStrings:
                writer.WriteStringValue(value.ToString());
                return true;
            case ulong number:
                writer.WriteNumberValue(number);
                return true;
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case float or double when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                writer.WriteNumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                return true;
            case float or double:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                return true;
            case Enum or sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    private void WriteList(Utf8JsonWriter writer, IEnumerable list, int level)
    {
        writer.WriteStartArray();
        foreach (object? element in list)
            WriteValue(writer, element, level + 1);
        writer.WriteEndArray();
    }

    private void WriteMembers(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, int level)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value, level + 1);
        }

        writer.WriteEndObject();
    }

    private static IEnumerable<(string Name, object? Value)> MembersOf(object value, PSObject? wrapped)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        if (value is not PSCustomObject)
        {
            foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
            {
                if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && names.Add(property.Name))
                    yield return (property.Name, ValueOrNull(() => property.GetValue(value)));
            }

            foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
            {
                if (names.Add(field.Name))
                    yield return (field.Name, field.GetValue(value));
            }
        }

        foreach (PSPropertyInfo property in (wrapped ?? PSObject.AsPSObject(value)).Properties)
        {
            if (property.IsGettable && names.Add(property.Name))
                yield return (property.Name, ValueOrNull(() => property.Value));
        }
    }

    private static object? ValueOrNull(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is TargetInvocationException or GetValueException)
        {
            // A getter that fails costs its own value, not the whole text.
            return null;
        }
    }
}

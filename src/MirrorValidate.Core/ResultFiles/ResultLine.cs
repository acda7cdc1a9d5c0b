using System.Globalization;
using System.Text.Json;
using MirrorValidate.Validation;

namespace MirrorValidate.ResultFiles;

/// <summary>What a line of a result file says of its entry, without the rest of the result.</summary>
/// <param name="Entry">Tells the entry from others.</param>
/// <param name="HasPassed">Whether it passed.</param>
/// <param name="Time">When the validation ended; <see langword="null"/> where that is not known.</param>
/// <param name="Settings">Where in the line its settings stand, a JSON object.</param>
/// <param name="Shard">The shard, <c>I/N</c>; empty for a whole list.</param>
internal readonly record struct ResultLine(
    UInt128 Entry, bool HasPassed, DateTimeOffset? Time, Range Settings, string Shard)
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 64 };

    /// <summary>
    /// What tells the entry of a result from others: its line, and what that was completed to. Entries of the same line
    /// are one entry.
    /// </summary>
    internal static UInt128 EntryOf(string line, string source, string destination, string tag, string platform) =>
        TextHash.Of(line, source, destination, tag, platform);

    /// <summary>Whether a line is a result.</summary>
    internal static bool IsResult(ReadOnlySpan<byte> line)
    {
        try
        {
            Parse(line);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no result.</exception>
    internal static ResultLine Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return Read(line);
        }
        catch (JsonException e)
        {
            throw new FormatException("it is no JSON object that is whole", e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("it is no result: a member has another type", e);
        }
    }

    private static ResultLine Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, _options);
        string status = "", text = "", source = "", destination = "", tag = "", platform = "", shard = "";
        DateTimeOffset? time = null;
        Range settings = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("it is no result, which is a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Names(ref reader, "status"u8)) status = TextOf(reader);
            else if (Names(ref reader, "line"u8)) text = TextOf(reader);
            else if (Names(ref reader, "source"u8)) source = TextOf(reader);
            else if (Names(ref reader, "destination"u8)) destination = TextOf(reader);
            else if (Names(ref reader, "tag"u8)) tag = TextOf(reader);
            else if (Names(ref reader, "platform"u8)) platform = TextOf(reader);
            else if (Names(ref reader, "shard"u8)) shard = TextOf(reader);
            else if (Names(ref reader, "time"u8)) time = TimeOf(reader);
            else if (Names(ref reader, "settings"u8)) settings = ValueOf(ref reader);
            else reader.Skip();
        }

        // Only white space may follow.
        while (reader.Read())
        {
        }

        return Enum.TryParse(status, out ValidationStatus known) && Enum.IsDefined(known)
            ? new ResultLine(
                EntryOf(text, source, destination, tag, platform),
                known == ValidationStatus.Passed, time, settings, shard)
            : throw new FormatException("it is no result: it has no status Passed, Failed or Error");
    }

    private static bool Names(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueTextEquals(name)) return false;
        reader.Read();
        return true;
    }

    private static string TextOf(in Utf8JsonReader reader) => reader.GetString() ?? "";

    private static DateTimeOffset? TimeOf(in Utf8JsonReader reader) => DateTimeOffset.TryParse(
        reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
        ? time
        : null;

    private static Range ValueOf(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}

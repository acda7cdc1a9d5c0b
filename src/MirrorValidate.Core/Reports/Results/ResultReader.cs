using System.Globalization;
using System.Text.Json;
using MirrorValidate.References;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Results;

/// <summary>
/// Makes results of what <c>Export-Clixml</c>, <c>ConvertTo-Json</c>, <c>Export-Csv</c>, remoting and the JSON report
/// have kept of them. What was not kept is left empty.
/// </summary>
internal static class ResultReader
{
    private const int MaximumReasonLength = 64;
    private const decimal MaximumSeconds = 100_000_000_000;

    /// <summary>Reads a result.</summary>
    /// <exception cref="FormatException">It is no result: it has no status, or one that no result has.</exception>
    internal static MirrorImageResult Read(IResultValue value) => new()
    {
        Id = (int)Number(value, nameof(MirrorImageResult.Id), int.MaxValue),
        Status = StatusOf(value),
        Reason = ReasonOf(value),
        Message = TextOf(value, nameof(MirrorImageResult.Message)),
        Source = TextOf(value, nameof(MirrorImageResult.Source)),
        Destination = TextOf(value, nameof(MirrorImageResult.Destination)),
        Tag = TextOf(value, nameof(MirrorImageResult.Tag)),
        Platform = TextOf(value, nameof(MirrorImageResult.Platform)),
        SourceDigest = TextOf(value, nameof(MirrorImageResult.SourceDigest)),
        DestinationDigest = TextOf(value, nameof(MirrorImageResult.DestinationDigest)),
        SourceMediaType = TextOf(value, nameof(MirrorImageResult.SourceMediaType)),
        DestinationMediaType = TextOf(value, nameof(MirrorImageResult.DestinationMediaType)),
        SourceSpec = SpecReader.Read(value.Member(nameof(MirrorImageResult.SourceSpec))),
        DestinationSpec = SpecReader.Read(value.Member(nameof(MirrorImageResult.DestinationSpec))),
        Differences = DifferenceReader.Read(value.Member(nameof(MirrorImageResult.Differences))),
        Proof = ProofReader.Read(value.Member(nameof(MirrorImageResult.Proof))),
        Line = TextOf(value, nameof(MirrorImageResult.Line)),
        LineNumber = (int)Number(value, nameof(MirrorImageResult.LineNumber), int.MaxValue),
        Path = TextOf(value, nameof(MirrorImageResult.Path)),
        Time = TimeOf(value),
        Duration = DurationOf(value),
        RequestCount = (int)Number(value, nameof(MirrorImageResult.RequestCount), int.MaxValue),
        Shard = TextOf(value, nameof(MirrorImageResult.Shard)),
        Settings = SettingsOf(value.Member(nameof(MirrorImageResult.Settings))),
    };

    /// <summary>Reads a result from an element of a JSON document.</summary>
    /// <exception cref="FormatException">It is no result.</exception>
    internal static MirrorImageResult Read(JsonElement element) => Read(new JsonValue(element));

    internal static string TextOf(IResultValue value, string name) => value.Member(name)?.Text ?? "";

    /// <summary>The texts of a collection. What was too deep to be kept is empty, and left out.</summary>
    internal static IReadOnlyList<string> Texts(IResultValue? values) =>
        values is null ? [] : [.. values.Items.Select(item => item.Text).Where(text => text.Length > 0)];

    /// <summary>A number from 0 to a maximum; 0 for anything else.</summary>
    internal static long Number(IResultValue value, string name, long maximum = long.MaxValue) =>
        long.TryParse(TextOf(value, name), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? Math.Min(number, maximum)
            : 0;

    private static string StatusOf(IResultValue value)
    {
        string text = TextOf(value, nameof(MirrorImageResult.Status));
        if (text.Length == 0) throw new FormatException("it has no Status");
        return Array.Find(
            Enum.GetNames<ValidationStatus>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"its Status \"{Printable.Of(text)}\" is not Passed, Failed or Error");
    }

    // A later version may know more reasons, but all are words.
    private static string ReasonOf(IResultValue value)
    {
        string text = TextOf(value, nameof(MirrorImageResult.Reason));
        return text.Length is > 0 and <= MaximumReasonLength && text.All(char.IsAsciiLetterOrDigit)
            ? text
            : throw new FormatException($"its Reason \"{Printable.Of(text)}\" is not the name of one");
    }

    // Export-Csv writes a date as the culture has it.
    private static DateTime TimeOf(IResultValue value)
    {
        string text = TextOf(value, nameof(MirrorImageResult.Time));
        CultureInfo first =
            text.Contains('T', StringComparison.Ordinal) ? CultureInfo.InvariantCulture : CultureInfo.CurrentCulture;
        foreach (CultureInfo culture in new[] { first, CultureInfo.InvariantCulture })
        {
            if (DateTime.TryParse(text, culture, DateTimeStyles.AssumeLocal, out DateTime time)) return time;
        }

        return default;
    }

    // ConvertTo-Json makes an object of a time, of which the ticks are everything.
    private static TimeSpan DurationOf(IResultValue value)
    {
        if (value.Member("DurationSeconds") is { } seconds)
        {
            const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            // A decimal keeps every digit of a time.
            return decimal.TryParse(seconds.Text, Style, CultureInfo.InvariantCulture, out decimal number)
                ? TimeSpan.FromTicks((long)(Math.Clamp(number, 0, MaximumSeconds) * TimeSpan.TicksPerSecond))
                : default;
        }

        if (value.Member(nameof(MirrorImageResult.Duration)) is not { } duration) return default;
        if (duration.Member(nameof(TimeSpan.Ticks)) is not null)
            return TimeSpan.FromTicks(Number(duration, nameof(TimeSpan.Ticks)));
        return TimeSpan.TryParse(duration.Text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : default;
    }

    /// <summary>Reads the settings of a result from an element of a JSON document.</summary>
    internal static ValidationSettings ReadSettings(JsonElement element) => SettingsOf(new JsonValue(element));

    private static ValidationSettings SettingsOf(IResultValue? value)
    {
        if (value is null) return ValidationSettings.Unknown;
        if (value.Member(nameof(ValidationSettings.Comparison)) is null) return ValidationSettings.Parse(value.Text);
        return new ValidationSettings
        {
            Platform = TextOf(value, nameof(ValidationSettings.Platform)),
            Comparison = TextOf(value, nameof(ValidationSettings.Comparison)),
            Depth = TextOf(value, nameof(ValidationSettings.Depth)),
            IncludeAttestation = Flag(value, nameof(ValidationSettings.IncludeAttestation)),
            IncludeReferrer = Flag(value, nameof(ValidationSettings.IncludeReferrer)),
            SourceStore = TextOf(value, nameof(ValidationSettings.SourceStore)),
            DestinationStore = TextOf(value, nameof(ValidationSettings.DestinationStore)),
            Version = TextOf(value, nameof(ValidationSettings.Version)),
        };
    }

    private static bool Flag(IResultValue value, string name) =>
        bool.TryParse(TextOf(value, name), out bool flag) && flag;
}

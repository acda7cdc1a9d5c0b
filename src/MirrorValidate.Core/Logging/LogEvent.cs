using System.Globalization;

namespace MirrorValidate.Logging;

/// <summary>One event of the log.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Level">How important it is.</param>
/// <param name="EntryId">The number of the entry that it belongs to, if any.</param>
/// <param name="Text">What happened; may have several lines.</param>
internal sealed record LogEvent(DateTimeOffset Time, LogLevel Level, int? EntryId, string Text)
{
    /// <summary>The level as image-tools prints it: <c>DEBU</c>, <c>INFO</c>, <c>WARN</c> or <c>ERRO</c>.</summary>
    public string LevelName => Level switch
    {
        LogLevel.Debug => "DEBU",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        _ => "ERRO",
    };

    /// <summary>The event as image-tools prints it: <c>HH:mm:ss [LEVEL] [M_ID:n] text</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Time:HH:mm:ss} [{LevelName}] {(EntryId is { } id ? $"[M_ID:{id}] " : "")}{Text}");
}

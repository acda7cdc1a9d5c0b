namespace MirrorValidate.Logging;

/// <summary>Receives log events. Safe for concurrent use.</summary>
internal interface ILogSink
{
    /// <summary>Whether events of a level are written. Lets callers skip formatting those that are not.</summary>
    bool IsEnabled(LogLevel level);

    /// <summary>Writes an event. Must not block.</summary>
    void Write(LogEvent logEvent);
}

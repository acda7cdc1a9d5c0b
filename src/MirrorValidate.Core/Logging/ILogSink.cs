namespace MirrorValidate.Logging;

/// <summary>Takes log events, from any thread.</summary>
internal interface ILogSink
{
    /// <summary>Whether events of a level are wanted, so that nothing is formatted in vain.</summary>
    bool IsEnabled(LogLevel level);

    /// <summary>Takes an event; must not block.</summary>
    void Write(LogEvent logEvent);
}

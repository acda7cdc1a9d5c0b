namespace MirrorValidate.Logging;

/// <summary>Ignores all events.</summary>
internal sealed class NullLogSink : ILogSink
{
    /// <summary>The only instance.</summary>
    public static NullLogSink Instance { get; } = new();

    private NullLogSink()
    {
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel level) => false;

    /// <inheritdoc/>
    public void Write(LogEvent logEvent)
    {
    }
}

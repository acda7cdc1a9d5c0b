using MirrorValidate.Logging;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>Writes log events to the Verbose and Debug streams, and to a log file where there is one.</summary>
/// <param name="pipeline">Writes to the streams.</param>
/// <param name="verbose">Whether the Verbose stream is shown.</param>
/// <param name="debug">Whether the Debug stream is shown.</param>
/// <param name="file">The log file, which takes events of all levels.</param>
internal sealed class PipelineLog(PipelineThread pipeline, bool verbose, bool debug, ILogSink? file) : ILogSink
{
    public bool IsEnabled(LogLevel level) => file is not null || IsShown(level);

    public void Write(LogEvent logEvent)
    {
        file?.Write(logEvent);
        if (!IsShown(logEvent.Level)) return;
        if (logEvent.Level == LogLevel.Debug) pipeline.Post(streams => streams.WriteDebug(logEvent.ToString()));
        else pipeline.Post(streams => streams.WriteVerbose(logEvent.ToString()));
    }

    private bool IsShown(LogLevel level) => level == LogLevel.Debug ? debug : verbose;
}

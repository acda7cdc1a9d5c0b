using MirrorValidate.Logging;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>
/// Brings log events to the pipeline thread, which writes them to the Verbose and Debug streams, and all of them to a file where one
/// is kept.
/// </summary>
/// <param name="verbose">Whether the Verbose stream shows anything.</param>
/// <param name="debug">Whether the Debug stream shows anything.</param>
/// <param name="post">Queues an event for the pipeline thread.</param>
/// <param name="file">The file, where one is kept.</param>
internal sealed class PipelineLog(bool verbose, bool debug, Action<object> post, ILogSink? file) : ILogSink
{
    public bool IsEnabled(LogLevel level) => file is not null || IsShown(level);

    public void Write(LogEvent logEvent)
    {
        file?.Write(logEvent);
        if (IsShown(logEvent.Level)) post(logEvent);
    }

    private bool IsShown(LogLevel level) => level == LogLevel.Debug ? debug : verbose;
}

using MirrorValidate.Logging;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>Brings log events to the pipeline thread, which writes them to the Verbose and Debug streams.</summary>
/// <param name="verbose">Whether the Verbose stream shows anything.</param>
/// <param name="debug">Whether the Debug stream shows anything.</param>
/// <param name="post">Queues an event for the pipeline thread.</param>
internal sealed class PipelineLog(bool verbose, bool debug, Action<object> post) : ILogSink
{
    public bool IsEnabled(LogLevel level) => level == LogLevel.Debug ? debug : verbose;

    public void Write(LogEvent logEvent) => post(logEvent);
}

using System.Management.Automation;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>
/// Waits on the pipeline thread for work that has one result, and meanwhile writes log lines and progress.
/// </summary>
internal static class PipelineWait
{
    /// <summary>Runs the work on the thread pool and returns its result. What it throws is thrown here.</summary>
    /// <param name="pipeline">The pipeline thread.</param>
    /// <param name="work">The work.</param>
    /// <param name="progress">Updated while the thread waits.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    internal static T Await<T>(
        this PipelineThread pipeline, Func<CancellationToken, Task<T>> work, ProgressBar? progress = null)
        where T : class
    {
        var pump = new WorkPump<T>(pipeline, limit: 1, progress);
        return pump.Start(work).LastOrDefault() ?? throw new PipelineStoppedException();
    }
}

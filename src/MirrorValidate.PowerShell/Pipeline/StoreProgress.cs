using System.Collections.Concurrent;
using MirrorValidate.Stores;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>Shows a progress bar for each compressed store while it is read.</summary>
/// <param name="pipeline">The pipeline thread, which shows the bars while it waits.</param>
internal sealed class StoreProgress(PipelineThread pipeline) : IStoreProgress, IDisposable
{
    private readonly ConcurrentDictionary<string, OpeningCounts> _counts = new(StringComparer.Ordinal);

    // For use on the pipeline thread only.
    private readonly Dictionary<string, ProgressBar> _bars = new(StringComparer.Ordinal);

    public void Report(string path, long done, long all)
    {
        OpeningCounts counts = _counts.GetOrAdd(path, _ => new OpeningCounts());
        if (counts.Report(done, all)) pipeline.Post(_ => Show(path, counts));
    }

    public void Complete(string path)
    {
        if (_counts.ContainsKey(path)) pipeline.Post(_ => Remove(path));
    }

    public void Dispose()
    {
        foreach (ProgressBar bar in _bars.Values) bar.Dispose();
    }

    private void Show(string path, OpeningCounts counts)
    {
        if (!_bars.TryGetValue(path, out ProgressBar? bar))
        {
            bar = new ProgressBar(pipeline.Streams, Text.Format(SR.OpeningActivity, path), counts);
            _bars[path] = bar;
            bar.Show(total: 100);
        }

        bar.Update();
    }

    private void Remove(string path)
    {
        if (_bars.Remove(path, out ProgressBar? bar)) bar.Complete();
    }
}

using System.Collections.Concurrent;
using MirrorValidate.Logging;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>Keeps the log lines of every level, and lets a test wait for one.</summary>
internal sealed class CapturedLog : ILogSink
{
    private readonly ConcurrentQueue<LogEvent> _events = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    internal IReadOnlyList<LogEvent> Events => [.. _events];

    internal string Text => string.Join('\n', _events.Select(line => line.ToString()));

    public bool IsEnabled(LogLevel level) => true;

    public void Write(LogEvent logEvent)
    {
        _events.Enqueue(logEvent);
        foreach ((string words, TaskCompletionSource seen) in _awaited)
        {
            if (logEvent.Text.Contains(words, StringComparison.Ordinal)) seen.TrySetResult();
        }
    }

    /// <summary>Ends with the first line, from now on, that has the words.</summary>
    internal Task WaitForAsync(string words) =>
        _awaited.GetOrAdd(words, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Patience.Long);
}

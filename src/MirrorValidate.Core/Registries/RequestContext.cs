using MirrorValidate.Logging;

namespace MirrorValidate.Registries;

/// <summary>
/// On whose behalf requests are sent: counts them, labels their log lines, bounds their time, and keeps what they sent in secret out of
/// what is shown. Shared by the concurrent requests of one entry.
/// </summary>
internal sealed class RequestContext
{
    private readonly ILogSink _log;
    private readonly int? _entryId;
    private readonly long _deadline;
    private readonly SecretRegister _secrets = new();
    private int _requestCount;

    /// <summary>Makes the context of one entry; its time begins to run.</summary>
    /// <param name="log">Where log lines go.</param>
    /// <param name="timeout">The time for everything that is asked; <see langword="null"/> for no bound.</param>
    /// <param name="entryId">The number of the entry, if any.</param>
    public RequestContext(ILogSink log, TimeSpan? timeout = null, int? entryId = null)
    {
        _log = log;
        _entryId = entryId;
        Timeout = timeout;
        _deadline = timeout is { } time ? Environment.TickCount64 + (long)time.TotalMilliseconds : long.MaxValue;
    }

    /// <summary>How many HTTP requests were sent so far, retries and token requests included.</summary>
    public int RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>The time for everything that is asked, where it is bounded.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>What is left of <see cref="Timeout"/>; <see cref="TimeSpan.MaxValue"/> where time is not bounded, never less than zero.</summary>
    internal TimeSpan TimeLeft =>
        _deadline == long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(Math.Max(0, _deadline - Environment.TickCount64));

    /// <summary><see cref="TimeLeft"/> as it can be waited for.</summary>
    internal TimeSpan WaitableTimeLeft => TimeLeft.TotalMilliseconds < int.MaxValue ? TimeLeft : System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Counts a request that is about to be sent.</summary>
    internal void CountRequest() => Interlocked.Increment(ref _requestCount);

    /// <summary>Whether anything was sent that must not be shown.</summary>
    internal bool HasSecrets => !_secrets.IsEmpty;

    /// <summary>Takes note of what is sent and must not be shown.</summary>
    internal void Hide(IEnumerable<string> secrets) => _secrets.Add(secrets);

    /// <summary>A text without what was sent in secret, should a server have repeated it.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _secrets.Redact(text);
    }

    /// <summary>Writes a log line for the entry; the text is made only where the level is wanted.</summary>
    public void Log(LogLevel level, Func<string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_log.IsEnabled(level)) _log.Write(new LogEvent(DateTimeOffset.Now, level, _entryId, Redact(text())));
    }
}

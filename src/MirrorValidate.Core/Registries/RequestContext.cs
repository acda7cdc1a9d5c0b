using MirrorValidate.Logging;

namespace MirrorValidate.Registries;

/// <summary>
/// The context of one entry's requests: counts them, labels their log lines, limits their time, and redacts secrets
/// that they sent. Shared by concurrent requests.
/// </summary>
internal sealed class RequestContext
{
    private readonly ILogSink _log;
    private readonly int? _entryId;
    private long _deadline;
    private int _stops;
    private readonly SecretRegister _secrets = new();
    private int _requestCount;

    /// <summary>Creates the context of one entry and starts its timeout.</summary>
    /// <param name="log">Where log lines go.</param>
    /// <param name="timeout">The timeout for all requests together; <see langword="null"/> for none.</param>
    /// <param name="entryId">The number of the entry, if any.</param>
    public RequestContext(ILogSink log, TimeSpan? timeout = null, int? entryId = null)
    {
        _log = log;
        _entryId = entryId;
        Timeout = timeout;
        _deadline = timeout is { } time ? Environment.TickCount64 + (long)time.TotalMilliseconds : long.MaxValue;
    }

    /// <summary>The number of HTTP requests sent so far, including retries and token requests.</summary>
    public int RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>The timeout for all requests together, if any.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>
    /// The rest of <see cref="Timeout"/>, never less than zero; <see cref="TimeSpan.MaxValue"/> without a timeout.
    /// </summary>
    internal TimeSpan TimeLeft =>
        Timeout is null
            ? TimeSpan.MaxValue
            : TimeSpan.FromMilliseconds(Math.Max(0, Interlocked.Read(ref _deadline) - Environment.TickCount64));

    /// <summary><see cref="TimeLeft"/> as a wait accepts it: infinite if longer than a timer supports.</summary>
    internal TimeSpan WaitableTimeLeft =>
        TimeLeft.TotalMilliseconds < int.MaxValue ? TimeLeft : System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Whether a request waits for something that its timeout does not count.</summary>
    internal bool IsStopped => Volatile.Read(ref _stops) > 0;

    /// <summary>Notes that the time does not count from now on.</summary>
    /// <returns>The time left, for <see cref="RestartTime"/>.</returns>
    internal TimeSpan StopTime()
    {
        Interlocked.Increment(ref _stops);
        return TimeLeft;
    }

    /// <summary>Notes that the time counts again.</summary>
    /// <param name="left">The time that was left when it was stopped.</param>
    internal void RestartTime(TimeSpan left)
    {
        EnsureTimeLeft(left);
        Interlocked.Decrement(ref _stops);
    }

    /// <summary>Lengthens the time left, if it is shorter.</summary>
    internal void EnsureTimeLeft(TimeSpan left)
    {
        if (Timeout is null) return;
        long deadline = Environment.TickCount64 + (long)left.TotalMilliseconds;
        for (long old = Interlocked.Read(ref _deadline); deadline > old;)
        {
            long seen = Interlocked.CompareExchange(ref _deadline, deadline, old);
            if (seen == old) return;
            old = seen;
        }
    }

    /// <summary>Counts a request that is about to be sent.</summary>
    internal void CountRequest() => Interlocked.Increment(ref _requestCount);

    /// <summary>Whether any secret was sent.</summary>
    internal bool HasSecrets => !_secrets.IsEmpty;

    /// <summary>Registers secrets that are sent and must not be shown.</summary>
    internal void Hide(IEnumerable<string> secrets) => _secrets.Add(secrets);

    /// <summary>Removes the secrets that were sent from a text, in case a server repeats them.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _secrets.Redact(text);
    }

    /// <summary>Writes a log line for the entry. The text is only created if the level is enabled.</summary>
    public void Log(LogLevel level, Func<string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_log.IsEnabled(level)) _log.Write(new LogEvent(DateTimeOffset.Now, level, _entryId, Redact(text())));
    }
}

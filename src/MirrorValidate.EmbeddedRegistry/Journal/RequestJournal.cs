using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// The requests since the start or the last <see cref="Clear"/>. A request is recorded on arrival, so it is here before
/// the client gets its answer. Safe for concurrent use.
/// </summary>
public sealed class RequestJournal
{
    private readonly object _lock = new();
    private readonly List<RecordedRequest> _requests = [];
    private long _count;
    private int _current;
    private int _peak;

    /// <summary>
    /// Whether requests are kept.
    /// <value>True. When false they are counted only, so that long benchmarks do not fill the memory.</value>
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The number of requests received.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The number of requests being processed now.</summary>
    public int Concurrency => Volatile.Read(ref _current);

    /// <summary>The maximum number of requests processed at the same time.</summary>
    public int PeakConcurrency => Volatile.Read(ref _peak);

    /// <summary>The requests in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    /// <summary>The matching requests in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Where(Func<RecordedRequest, bool> predicate) =>
        [.. Snapshot().Where(predicate)];

    /// <summary>Removes all requests and resets the counters.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            Interlocked.Exchange(ref _count, 0);
            Volatile.Write(ref _peak, _current);
        }
    }

    /// <returns>The recorded request; null if requests are only counted.</returns>
    internal RecordedRequest? Begin(HttpContext context, DateTimeOffset now)
    {
        Interlocked.Increment(ref _count);
        var current = Interlocked.Increment(ref _current);
        for (var peak = _peak; current > peak;)
        {
            var seen = Interlocked.CompareExchange(ref _peak, current, peak);
            if (seen == peak)
            {
                break;
            }

            peak = seen;
        }

        if (!Enabled)
        {
            return null;
        }

        var request = context.Request;
        var recorded = new RecordedRequest(
            request.Method,
            request.Path.Value ?? "/",
            request.QueryString.Value ?? "",
            [.. request.Headers],
            request.Protocol,
            now);
        context.Response.OnStarting(
            static state =>
            {
                var (recorded, response) = ((RecordedRequest, HttpResponse))state;
                recorded.Answered(response.StatusCode);
                return Task.CompletedTask;
            },
            (recorded, context.Response));
        lock (_lock)
        {
            _requests.Add(recorded);
        }

        return recorded;
    }

    internal void End() => Interlocked.Decrement(ref _current);
}

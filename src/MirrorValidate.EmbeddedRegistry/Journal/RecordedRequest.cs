using Microsoft.Extensions.Primitives;

namespace MirrorValidate.Embedded;

/// <summary>A request as the registry received it.</summary>
public sealed class RecordedRequest
{
    private const int Pending = 0;
    private const int Abandoned = -1;

    private int _status = Pending;

    internal RecordedRequest(
        string method, string path, string query, KeyValuePair<string, StringValues>[] headers, string protocol,
        DateTimeOffset time)
    {
        Method = method;
        Path = path;
        Query = query;
        Headers = headers;
        Protocol = protocol;
        Time = time;
    }

    /// <summary>GET, HEAD, …</summary>
    public string Method { get; }

    /// <summary>The decoded path, such as <c>/v2/library/alpine/manifests/latest</c>.</summary>
    public string Path { get; }

    /// <summary>The query including its <c>?</c>, or empty.</summary>
    public string Query { get; }

    /// <summary>All headers, in the order received.</summary>
    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; }

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public string Protocol { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The status of the answer; null if no answer was started.</summary>
    public int? Status => Volatile.Read(ref _status) is var status and > 0 ? status : null;

    /// <summary>The <c>Authorization</c> header; null when none was sent.</summary>
    public string? Authorization => Header("Authorization");

    /// <summary>The <c>Accept</c> header; null when none was sent.</summary>
    public string? Accept => Header("Accept");

    /// <summary>A header's value, with several values joined by commas; null if it was not sent.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value.ToString();
            }
        }

        return null;
    }

    /// <summary>Returns method, path and status, without headers and query, which may contain secrets.</summary>
    public override string ToString() =>
        $"{Method} {Path} {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}";

    internal void Answered(int status) => Interlocked.CompareExchange(ref _status, status, Pending);

    internal void Abandon() => Interlocked.CompareExchange(ref _status, Abandoned, Pending);
}

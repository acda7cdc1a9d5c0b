using System.Globalization;
using System.Net.Http.Headers;
using MirrorValidate.Logging;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// The limit on pulls that a host states in its headers, as Docker Hub does: <c>RateLimit-Limit: 100;w=21600</c> and
/// <c>RateLimit-Remaining: 76;w=21600</c>, the window in seconds. Thread-safe.
/// </summary>
internal sealed class PullQuota
{
    private string? _remaining;

    /// <summary>Whether the host has stated a limit.</summary>
    internal bool IsKnown => Volatile.Read(ref _remaining) is not null;

    /// <summary>Reads the headers of a response, and logs the remaining pulls when they change.</summary>
    internal void Note(HttpResponseHeaders headers, string host, RequestContext context)
    {
        if (!headers.NonValidated.TryGetValues("RateLimit-Remaining", out HeaderStringValues values)) return;
        string remaining = values.ToString();
        if (remaining == Interlocked.Exchange(ref _remaining, remaining)) return;
        headers.NonValidated.TryGetValues("RateLimit-Limit", out HeaderStringValues limit);
        context.Log(LogLevel.Information, () => $"{host}: {Describe(remaining, limit.ToString())}");
    }

    private static string Describe(string remaining, string limit)
    {
        (string left, TimeSpan? window) = Split(remaining);
        string of = Split(limit).Count is { Length: > 0 } total ? $" of {total}" : "";
        string within = window is { } time
            ? string.Create(CultureInfo.InvariantCulture, $" in {time.TotalHours:0.##} h")
            : "";
        return RegistryErrorText.Clean($"{left}{of} pulls left{within}");
    }

    private static (string Count, TimeSpan? Window) Split(string value)
    {
        string[] parts = value.Split(';', 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && parts[1].StartsWith("w=", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(parts[1].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? (parts[0], TimeSpan.FromSeconds(seconds))
            : (parts[0], null);
    }
}

using System.Diagnostics;
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
    private static readonly TimeSpan _usualWindow = TimeSpan.FromHours(6);
    private static readonly TimeSpan _longestWindow = TimeSpan.FromHours(24);

    private volatile Statement? _last;

    /// <summary>Whether the host has stated a limit.</summary>
    internal bool IsKnown => _last is not null;

    /// <summary>
    /// If no pulls are left, the longest time until they are renewed: zero if they should have been.
    /// </summary>
    /// <value><see langword="null"/> if pulls are left, or nothing is known of them.</value>
    internal TimeSpan? TimeToRenewal => _last is { IsUsedUp: true, Since: var since }
        ? TimeSpan.FromTicks(Math.Max(0, (Window - Stopwatch.GetElapsedTime(since)).Ticks))
        : null;

    /// <summary>
    /// How long to wait before pulls are tried again if the host does not say: refused ones do not count.
    /// </summary>
    internal TimeSpan Interval =>
        TimeSpan.FromSeconds(Math.Clamp(Window.TotalSeconds / 72, 1, TimeSpan.FromMinutes(5).TotalSeconds));

    // Not what a hostile host may state.
    private TimeSpan Window =>
        (_last?.Window ?? _usualWindow) is var window && window < _longestWindow ? window : _longestWindow;

    /// <summary>Reads the headers of a response, and logs the remaining pulls when they change.</summary>
    internal void Note(HttpResponseHeaders headers, string host, RequestContext context)
    {
        if (!headers.NonValidated.TryGetValues("RateLimit-Remaining", out HeaderStringValues remaining)) return;
        headers.NonValidated.TryGetValues("RateLimit-Limit", out HeaderStringValues limit);
        (string left, TimeSpan? window) = Split(remaining.ToString());
        var now = new Statement(left, Split(limit.ToString()).Count, window);
        if (_last is { } last && now.IsSame(last)) return;
        _last = now;
        context.Log(LogLevel.Information, () => $"{host}: {now}");
    }

    /// <summary>The limit in words: <c>76 of 100 pulls left in 6 h</c>.</summary>
    public override string ToString() => _last?.ToString() ?? "";

    private static (string Count, TimeSpan? Window) Split(string value)
    {
        string[] parts = value.Split(';', 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && parts[1].StartsWith("w=", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(parts[1].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? (parts[0], TimeSpan.FromSeconds(seconds))
            : (parts[0], null);
    }

    private sealed record Statement(string Left, string Limit, TimeSpan? Window)
    {
        internal long Since { get; } = Stopwatch.GetTimestamp();

        internal bool IsUsedUp => Left == "0";

        internal bool IsSame(Statement other) => (Left, Limit, Window) == (other.Left, other.Limit, other.Window);

        public override string ToString()
        {
            string of = Limit.Length > 0 ? $" of {Limit}" : "";
            string within = Window is { } time
                ? string.Create(CultureInfo.InvariantCulture, $" in {time.TotalHours:0.##} h")
                : "";
            return RegistryErrorText.Clean($"{Left}{of} pulls left{within}");
        }
    }
}

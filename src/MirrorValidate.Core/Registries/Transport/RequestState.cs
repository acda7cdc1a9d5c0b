using System.Globalization;

namespace MirrorValidate.Registries.Transport;

/// <summary>A request and how it stands: what was asked, on whose behalf, and what has come of it so far.</summary>
/// <param name="side">The side of the mirror that the registry is on.</param>
/// <param name="request">The request.</param>
/// <param name="context">The entry that the request is sent for.</param>
internal sealed class RequestState(RegistrySide side, RegistryRequest request, RequestContext context)
{
    internal RegistryRequest Request => request;

    internal RequestContext Context => context;

    /// <summary>The number of attempts so far. An attempt counts once the pause of the host is over.</summary>
    internal int Attempts { get; set; }

    /// <summary>The time limit of the current attempt.</summary>
    internal RequestTimer? Timer { get; set; }

    /// <summary>The time limit of all requests of the image, as far as this request is concerned.</summary>
    internal RequestTimer? ImageTimer { get; init; }

    /// <summary>
    /// What the current attempt waits for, if not for the response itself: a clause that follows "no answer within 60
    /// s".
    /// </summary>
    internal string WaitingFor { get; set; } = "";

    /// <summary>The proxy that the last request went through, for messages; <see langword="null"/> if none.</summary>
    internal string? Proxy { get; set; }

    /// <summary>Why the last attempt failed; <see langword="null"/> while the next one runs.</summary>
    internal RegistryException? LastFault { get; set; }

    /// <summary>The state of another request that this one needs, within the time of the same attempt.</summary>
    internal RequestState For(RegistryRequest other) =>
        new(side, other, context) { Timer = Timer, ImageTimer = ImageTimer, Attempts = Attempts };

    /// <summary>Waits while neither the time of the attempt nor that of the image passes.</summary>
    internal async Task StandStillAsync(Func<Task> wait)
    {
        TimeSpan left = context.StopTime();
        ImageTimer?.Stop();
        Timer?.Stop();
        try
        {
            await wait().ConfigureAwait(false);
        }
        finally
        {
            context.RestartTime(left);
            ImageTimer?.Restart(left);
            Timer?.Restart();
        }
    }

    /// <summary>
    /// The sentence for a problem with the request: side, host, request line, problem, attempts, proxy. It leaves out
    /// the query, which may hold a signature.
    /// </summary>
    internal string Explain(string problem)
    {
        string line = $"{RegistrySideNames.NameOf(side)} {request.Host}: {request.Method} {request.FullPath}";
        string count = string.Create(CultureInfo.InvariantCulture, $"{Attempts} attempt{(Attempts == 1 ? "" : "s")}");
        string route = Proxy is null ? "" : $", through the proxy {Proxy}";
        return context.Redact($"{line}: {problem} ({count}{route})");
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MirrorValidate.Registries.Transport;

/// <summary>Turns statuses and connection faults into <see cref="RegistryFault"/>s and the clauses that describe them.</summary>
internal static class FaultTranslator
{
    /// <summary>What a status that is no success means.</summary>
    internal static (RegistryFault Fault, bool IsTransient) FromStatus(HttpStatusCode status) => (int)status switch
    {
        401 => (RegistryFault.Unauthorized, false),
        403 => (RegistryFault.Forbidden, false),
        404 => (RegistryFault.NotFound, false),
        408 => (RegistryFault.TimedOut, true),
        429 => (RegistryFault.RateLimited, true),
        500 or 502 or 503 or 504 => (RegistryFault.Unavailable, true),
        >= 500 => (RegistryFault.Unavailable, false),
        _ => (RegistryFault.UnexpectedResponse, false),
    };

    /// <summary>A clause for an answer that is no success.</summary>
    internal static string Describe(HttpResponseMessage response, string? code, string text)
    {
        // The standard's phrase, not the registry's, which may say anything.
        using var standard = new HttpResponseMessage(response.StatusCode);
        string status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {standard.ReasonPhrase}").TrimEnd();
        string own = string.Join(": ", new[] { code, text }.Where(part => !string.IsNullOrEmpty(part)));
        string hint = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? " (access denied, or the repository may not exist)"
            : "";
        return own.Length == 0 ? status + hint : $"{status}{hint}: {own}";
    }

    /// <summary>What a fault of the connection means. The message is a clause, without side and request.</summary>
    internal static RegistryException FromException(Exception exception, RegistryEndpoint endpoint)
    {
        if (Find<RegistryException>(exception) is { } own) return own;
        if (Find<AuthenticationException>(exception) is { } authentication)
        {
            string problem = endpoint.CertificateProblem ?? endpoint.ClientCertificateProblem
                ?? $"the TLS handshake failed: {RegistryErrorText.Clean(Innermost(authentication).Message)}";
            return new RegistryException(RegistryFault.TlsFailure, problem, exception);
        }

        bool wasConnected = Find<HttpRequestException>(exception) is { HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError) };
        if (wasConnected && endpoint.ClientCertificateProblem is { } clientProblem)
            return new RegistryException(RegistryFault.TlsFailure, clientProblem, exception);

        string clause = Find<SocketException>(exception) is { } socket
            ? Describe(socket.SocketErrorCode)
            : Find<HttpRequestException>(exception) is { HttpRequestError: HttpRequestError.ProxyTunnelError } proxy
                ? $"the proxy did not connect ({(int?)proxy.StatusCode})"
                : $"the connection broke: {RegistryErrorText.Clean(Innermost(exception).Message)}";
        return new RegistryException(RegistryFault.Unavailable, clause, exception) { IsTransient = true };
    }

    /// <summary>How long a <c>Retry-After</c> asks to wait (RFC 9110, section 10.2.3), in seconds or until a date.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string Describe(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.ConnectionReset => "the connection was reset",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name cannot be resolved",
        SocketError.TimedOut => "the connection timed out",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the host cannot be reached",
        _ => $"the connection failed: {error}",
    };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found) return found;
        }

        return null;
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        return exception;
    }
}

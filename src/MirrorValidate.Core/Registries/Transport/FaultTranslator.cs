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
        string status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {RegistryErrorText.Clean(response.ReasonPhrase ?? "")}").TrimEnd();
        string own = string.Join(": ", new[] { code, text }.Where(part => !string.IsNullOrEmpty(part)));
        string hint = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? " (access denied, or the repository may not exist)"
            : "";
        return own.Length == 0 ? status + hint : $"{status}{hint}: {own}";
    }

    /// <summary>What a fault of the connection means.</summary>
    internal static (RegistryFault Fault, bool IsTransient, string Clause) FromException(Exception exception, string? certificateProblem)
    {
        if (Find<AuthenticationException>(exception) is { } authentication)
        {
            return certificateProblem is null
                ? (RegistryFault.TlsFailure, false, $"the TLS handshake failed: {RegistryErrorText.Clean(Innermost(authentication).Message)}")
                : (RegistryFault.TlsFailure, false, certificateProblem);
        }

        if (Find<SocketException>(exception) is { } socket)
        {
            string what = socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "the connection was refused",
                SocketError.ConnectionReset => "the connection was reset",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name cannot be resolved",
                SocketError.TimedOut => "the connection timed out",
                SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the host cannot be reached",
                _ => $"the connection failed: {socket.SocketErrorCode}",
            };
            return (RegistryFault.Unavailable, true, what);
        }

        if (Find<HttpRequestException>(exception) is { HttpRequestError: HttpRequestError.ProxyTunnelError } proxy)
            return (RegistryFault.Unavailable, true, $"the proxy did not connect: {RegistryErrorText.Clean(proxy.Message)}");
        return (RegistryFault.Unavailable, true, $"the connection broke: {RegistryErrorText.Clean(Innermost(exception).Message)}");
    }

    /// <summary>How long a <c>Retry-After</c> asks to wait (RFC 9110, section 10.2.3), in seconds or until a date.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

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

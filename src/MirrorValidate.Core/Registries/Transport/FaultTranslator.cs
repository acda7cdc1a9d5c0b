using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MirrorValidate.Registries.Transport.Tls;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Translates statuses and connection faults to <see cref="RegistryFault"/>s, and describes them. Messages of
/// exceptions that may quote what a server sent are neither repeated nor kept.
/// </summary>
internal static partial class FaultTranslator
{
    /// <summary>The fault that a status stands for, and whether it is transient.</summary>
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

    /// <summary>A status by number and standard phrase: the registry's own may say anything.</summary>
    internal static string NameOf(HttpStatusCode statusCode)
    {
        using var standard = new HttpResponseMessage(statusCode);
        string number = ((int)statusCode).ToString(CultureInfo.InvariantCulture);
        return $"{number} {standard.ReasonPhrase}".TrimEnd();
    }

    /// <summary>Describes a status in a clause.</summary>
    internal static string Describe(HttpStatusCode statusCode, string? code, string text)
    {
        string status = NameOf(statusCode);
        string own = string.Join(": ", new[] { code, text }.Where(part => !string.IsNullOrEmpty(part)));
        string hint = statusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? " (access denied, or the repository may not exist)"
            : "";
        return own.Length == 0 ? status + hint : $"{status}{hint}: {own}";
    }

    /// <summary>Describes an answer that a proxy gave itself.</summary>
    internal static string DescribeOfProxy(HttpStatusCode statusCode, string text)
    {
        string words = text.Length == 0 ? "" : $": {text}";
        return $"the proxy answered {NameOf(statusCode)}{LoginHint(statusCode)}{words}";
    }

    /// <summary>Whether an exception is a fault of the connection, or of connecting.</summary>
    internal static bool IsConnectionFault(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException;

    /// <summary>Translates a fault of the connection. The message is a clause without side and request.</summary>
    /// <param name="exception">The fault.</param>
    /// <param name="certificates">
    /// What the handshake has shown about the certificates; <see langword="null"/> after the handshake.
    /// </param>
    internal static RegistryException FromException(Exception exception, CertificateCheck? certificates)
    {
        if (Find<RegistryException>(exception) is { } own) return own;
        if (Find<AuthenticationException>(exception) is { } authentication)
        {
            string problem = certificates?.Problem
                ?? certificates?.ClientProblem
                ?? $"the TLS handshake failed: {RegistryErrorText.Clean(Innermost(authentication).Message)}";
            return Tls(problem, authentication);
        }

        HttpRequestError? error = Find<HttpRequestException>(exception)?.HttpRequestError;
        // However the handshake broke after that: the alert that tells the host cannot always be sent.
        if (error is HttpRequestError.SecureConnectionError && certificates?.Problem is { } refusal)
            return Tls(refusal, inner: null);
        bool isOfConnecting = error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
        if (error is not null && !isOfConnecting && certificates?.ClientProblem is { } clientProblem)
            return Tls(clientProblem, inner: null);
        if (Find<SocketException>(exception) is { } socket)
            return Broken(Describe(socket.SocketErrorCode), socket, isOfConnecting);
        if (Find<CryptographicException>(exception) is { } alert)
        {
            string said = RegistryErrorText.Clean(alert.Message);
            return Tls($"the connection was refused after the TLS handshake: {said}", alert);
        }

        return FromError(exception);
    }

    /// <summary>The fault of a body that ended too early.</summary>
    internal static RegistryException Incomplete() =>
        Broken("the connection was closed before the answer was complete");

    /// <summary>
    /// The delay that <c>Retry-After</c> asks for, as seconds or as a date (RFC 9110, section 10.2.3);
    /// <see langword="null"/> if it asks for none: zero seconds, or a date that has passed.
    /// </summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - DateTimeOffset.UtcNow;
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static RegistryException Tls(
        string problem, Exception? inner) => new(RegistryFault.TlsFailure, problem, inner);

    private static string LoginHint(HttpStatusCode? statusCode) =>
        statusCode == HttpStatusCode.ProxyAuthenticationRequired
            ? " (it wants a user and a password, in the proxy's URL in the environment)"
            : "";

    private static string InBrackets(HttpStatusCode? statusCode) =>
        statusCode is { } code ? $" ({(int)code})" : "";

    private static RegistryException FromError(Exception exception)
    {
        (HttpRequestError error, HttpStatusCode? proxyStatus) = exception switch
        {
            HttpRequestException request => (request.HttpRequestError, request.StatusCode ?? ProxyStatus(request)),
            HttpIOException io => (io.HttpRequestError, null),
            _ => (HttpRequestError.Unknown, null),
        };
        return error switch
        {
            HttpRequestError.ConfigurationLimitExceeded =>
                new RegistryException(RegistryFault.ResponseTooLarge, "the headers of the answer are too large"),
            HttpRequestError.ProxyTunnelError =>
                new RegistryException(
                    RegistryFault.Unavailable,
                    $"the proxy did not connect{InBrackets(proxyStatus)}{LoginHint(proxyStatus)}")
                {
                    IsTransient = proxyStatus
                        is not (HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.Forbidden),
                },
            HttpRequestError.InvalidResponse => Broken("the answer is not valid HTTP"),
            HttpRequestError.ResponseEnded => Incomplete(),
            HttpRequestError.NameResolutionError =>
                Broken("the host name cannot be resolved", inner: null, isOfConnecting: true),
            HttpRequestError.HttpProtocolError => Broken("the connection broke: HTTP/2 protocol error"),
            _ => Broken("the connection broke"),
        };
    }

    /// <summary>.NET 8 tells the status of a proxy's refusal only in its message, as <c>'407'</c> at the end.</summary>
    private static HttpStatusCode? ProxyStatus(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ProxyTunnelError
        && ProxyStatusText().Match(exception.Message) is { Success: true } match
            ? (HttpStatusCode)int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("(?<= ')[1-5][0-9][0-9](?='[^']*$)", RegexOptions.CultureInvariant)]
    private static partial Regex ProxyStatusText();

    private static RegistryException Broken(
        string clause, SocketException? inner = null, bool isOfConnecting = false) =>
        new(RegistryFault.Unavailable, clause, inner) { IsTransient = true, IsOfConnecting = isOfConnecting };

    private static string Describe(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "the connection was reset",
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

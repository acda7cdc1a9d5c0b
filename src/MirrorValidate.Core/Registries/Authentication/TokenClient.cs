using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MirrorValidate.Logging;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Requests tokens from token servers: by GET (distribution docs, spec/auth/token.md), or for identity tokens by POST
/// (spec/auth/oauth.md).
/// </summary>
/// <param name="endpoints">The endpoints of the run.</param>
/// <param name="options">Limits and delays.</param>
/// <param name="clock">Tells when tokens are to be renewed.</param>
internal sealed class TokenClient(EndpointPool endpoints, RegistryOptions options, TimeProvider clock)
{
    /// <summary>The lifetime of a token whose server states none (token.md, "expires_in").</summary>
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Requests a token.</summary>
    /// <exception cref="RegistryException">The server refused, or its response has no token.</exception>
    internal async Task<BearerToken> RequestAsync(
        TokenKey key, RegistryEndpoint registry, RequestState state, CancellationToken cancellationToken)
    {
        string realm = RegistryErrorText.Clean(key.Realm.GetLeftPart(UriPartial.Path));
        string scope = RegistryErrorText.Clean(key.Scope);
        HttpMethod method = TokenRequest.MethodOf(key);
        string shown = $"{method} {realm} (token for {scope})";
        try
        {
            DateTimeOffset asked = clock.GetUtcNow();
            using FinalResponse response =
                await SendAsync(key, registry, shown, state, cancellationToken).ConfigureAwait(false);
            HttpResponseMessage message = response.Message;
            if (!message.IsSuccessStatusCode)
                throw await ErrorResponse.ReadAsync(response, state, options, cancellationToken).ConfigureAwait(false);
            int limit = options.Limits.TokenSize;
            byte[] body =
                await BodyReader.ReadAsync(message.Content, limit, response.Endpoint.LargeBodies, cancellationToken)
                    .ConfigureAwait(false)
                ?? throw BodyReader.TooLarge(limit);
            state.WaitingFor = "";
            return Read(body, asked);
        }
        catch (RegistryException e)
        {
            throw Explain(e, shown, method);
        }
    }

    // Follows redirects of the token server to itself, with the credential. No other host gets it.
    private async Task<FinalResponse> SendAsync(
        TokenKey key,
        RegistryEndpoint registry,
        string shown,
        RequestState state,
        CancellationToken cancellationToken)
    {
        Uri target = TokenRequest.AddressOf(key);
        for (int hop = 0; ; hop++)
        {
            RegistryEndpoint endpoint = endpoints.Get(target, namedBy: registry);
            await endpoint.WaitAsync(state, cancellationToken).ConfigureAwait(false);
            state.WaitingFor = $" to {shown}";
            using HttpRequestMessage request = TokenRequest.Create(key, target);
            state.Proxy = endpoint.ProxyOf(target);
            state.Context.CountRequest();
            HttpResponseMessage message = await endpoint.SendAsync(request, cancellationToken).ConfigureAwait(false);
            state.Context.Log(LogLevel.Debug, () => $"{shown}: {(int)message.StatusCode}");
            if ((int)message.StatusCode is not (301 or 302 or 307 or 308))
                return new FinalResponse(message, endpoint, target, IsForeign: false);
            using (message) target = Next(message, target, hop, state.Context);
        }
    }

    private Uri Next(HttpResponseMessage message, Uri from, int hop, RequestContext context)
    {
        string status = FaultTranslator.NameOf(message.StatusCode);
        if (message.Headers.Location is not { } location) throw Unfollowed($"{status} without a Location");
        if (hop >= options.Limits.Redirects)
            throw Unfollowed($"{status}: more than {options.Limits.Redirects} redirects");
        var to = new Uri(from, location);
        context.Hide(RedirectFollower.QueryValues(to));
        bool isUpgrade = from is { Scheme: "http", IsDefaultPort: true }
            && to is { Scheme: "https", IsDefaultPort: true }
            && from.Host.Equals(to.Host, StringComparison.OrdinalIgnoreCase);
        if (to.UserInfo.Length == 0 && (isUpgrade || RedirectFollower.SameOrigin(from, to))) return to;
        string shown = RegistryErrorText.Clean($"{to.Scheme}://{to.Authority}");
        throw Unfollowed($"{status} to {shown} was not followed: credentials go to the token server itself only");

        RegistryException Unfollowed(string clause) =>
            new(RegistryFault.UnexpectedResponse, clause) { StatusCode = message.StatusCode };
    }

    private static RegistryException Explain(RegistryException e, string shown, HttpMethod method)
    {
        // A token server's 404 says nothing about the image. A 400, or a realm that may not be connected to, is a
        // refusal too.
        bool isRefusal = e.Fault is RegistryFault.NotFound
            || (e.Fault is RegistryFault.UnexpectedResponse && e.StatusCode is null or >= HttpStatusCode.BadRequest);
        RegistryFault fault = isRefusal ? RegistryFault.Unauthorized : e.Fault;
        // A POST is repeated only if the server has not processed it.
        bool mayRepeat = method == HttpMethod.Get
            || e.InnerException is SocketException
            {
                SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound,
            }
            || e.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        return e.Saying($"{shown}: {e.Message}", fault, e.IsTransient && mayRepeat);
    }

    private BearerToken Read(byte[] body, DateTimeOffset asked)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            string? token = Text(root, "token") ?? Text(root, "access_token");
            // It must be a valid header value (RFC 6750, section 2.1).
            if (string.IsNullOrEmpty(token) || token.Any(c => c is <= ' ' or > '~'))
                throw new RegistryException(RegistryFault.Unauthorized, "the answer has no token");
            TimeSpan lifetime = root.TryGetProperty("expires_in", out JsonElement seconds)
                && seconds.ValueKind == JsonValueKind.Number
                && seconds.TryGetDouble(out double value)
                && value is > 0 and < 1e8
                    ? TimeSpan.FromSeconds(value)
                    : DefaultLifetime;
            // Renew early, so that no token expires in flight.
            var margin = TimeSpan.FromSeconds(Math.Min(10, lifetime.TotalSeconds / 4));
            return new BearerToken(token, renewAt: asked + lifetime - margin, clock);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No inner exception: its message quotes the response.
            throw new RegistryException(RegistryFault.Unauthorized, "the answer is not a JSON object with a token");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

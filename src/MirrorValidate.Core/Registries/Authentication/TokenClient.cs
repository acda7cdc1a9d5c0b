using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
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
internal sealed class TokenClient(EndpointPool endpoints, RegistryOptions options)
{
    /// <summary>The lifetime of a token whose server states none (token.md, "expires_in").</summary>
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Requests a token.</summary>
    /// <exception cref="RegistryException">The server refused, or its response has no token.</exception>
    internal async Task<BearerToken> RequestAsync(
        TokenKey key, RegistryEndpoint registry, RequestState state, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = CreateRequest(key);
        string realm = RegistryErrorText.Clean(key.Realm.GetLeftPart(UriPartial.Path));
        string shown = $"{request.Method} {realm} (token for {key.Scope})";
        try
        {
            RegistryEndpoint endpoint = endpoints.Get(key.Realm, namedBy: registry);
            await endpoint.Pause.WaitAsync(state, cancellationToken).ConfigureAwait(false);
            state.WaitingFor = $" to {shown}";
            DateTimeOffset asked = DateTimeOffset.UtcNow;
            state.Context.CountRequest();
            using HttpResponseMessage message =
                await endpoint.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var response = new FinalResponse(message, endpoint, IsForeign: false);
            state.Context.Log(LogLevel.Debug, () => $"{shown}: {(int)message.StatusCode}");
            if (!message.IsSuccessStatusCode)
                throw await ErrorResponse.ReadAsync(response, state, options, cancellationToken).ConfigureAwait(false);
            int limit = options.Limits.TokenSize;
            byte[] body =
                await BodyReader.ReadAsync(message.Content, limit, endpoint.LargeBodies, cancellationToken)
                    .ConfigureAwait(false)
                ?? throw BodyReader.TooLarge(limit);
            state.WaitingFor = "";
            return Read(body, asked);
        }
        catch (RegistryException e)
        {
            throw Explain(e, shown, request.Method);
        }
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

    private static HttpRequestMessage CreateRequest(TokenKey key)
    {
        if (key.Credential is { IsIdentityToken: true } identity)
        {
            return new HttpRequestMessage(HttpMethod.Post, key.Realm)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "refresh_token",
                    ["service"] = key.Service,
                    ["client_id"] = "MirrorValidate",
                    ["scope"] = key.Scope,
                    ["refresh_token"] = identity.Secret,
                }),
            };
        }

        var query = new StringBuilder(key.Realm.Query.TrimStart('?'));
        Append(query, "service", key.Service);
        Append(query, "scope", key.Scope);
        Uri uri = new UriBuilder(key.Realm) { Query = query.ToString() }.Uri;
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (key.Credential is { } credential)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.ToBasicParameter());
        return request;
    }

    private static void Append(StringBuilder query, string name, string value)
    {
        if (value.Length > 0)
            query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static BearerToken Read(byte[] body, DateTimeOffset asked)
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
            return new BearerToken(token, renewAt: asked + lifetime - margin);
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

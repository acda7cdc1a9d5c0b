using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MirrorValidate.Logging;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>Asks token servers: by GET (distribution docs, spec/auth/token.md), with an identity token by POST (spec/auth/oauth.md).</summary>
/// <param name="endpoints">The connections.</param>
/// <param name="limits">How much of an answer is read.</param>
internal sealed class TokenClient(EndpointPool endpoints, RegistryLimits limits)
{
    /// <summary>A token lives at least so long when the server says nothing (token.md, "expires_in").</summary>
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Asks for a token.</summary>
    /// <exception cref="RegistryException">The server refused or its answer has no token.</exception>
    internal async Task<BearerToken> RequestAsync(
        TokenKey key, RegistryEndpoint registry, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryEndpoint endpoint = endpoints.Get(key.Realm, namedBy: registry);
        using HttpRequestMessage request = CreateRequest(key);
        string shown = $"{request.Method} {key.Realm.GetLeftPart(UriPartial.Path)} (token for {key.Scope})";
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        context.CountRequest();
        try
        {
            using HttpResponseMessage response = await endpoint.SendAsync(request, cancellationToken).ConfigureAwait(false);
            context.Log(LogLevel.Debug, () => $"{shown}: {(int)response.StatusCode}");
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(key, response, shown, cancellationToken).ConfigureAwait(false);
            byte[] body = await BodyReader.ReadAsync(response.Content, limits.TokenSize, cancellationToken).ConfigureAwait(false)
                ?? throw new RegistryException(RegistryFault.ResponseTooLarge, $"{shown}: the answer is larger than {limits.TokenSize} bytes");
            return Read(body, asked, shown);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            RegistryException fault = FaultTranslator.FromException(e, endpoint);
            throw new RegistryException(fault.Fault, $"{shown}: {fault.Message}", e) { IsTransient = fault.IsTransient };
        }
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
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(key.Realm) { Query = query.ToString() }.Uri);
        if (key.Credential is { } credential) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.ToBasicParameter());
        return request;
    }

    private static void Append(StringBuilder query, string name, string value)
    {
        if (value.Length > 0) query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private async Task<RegistryException> RefusalAsync(TokenKey key, HttpResponseMessage response, string shown, CancellationToken cancellationToken)
    {
        (RegistryFault fault, bool isTransient) = FaultTranslator.FromStatus(response.StatusCode);
        byte[] body = await BodyReader.ReadStartAsync(response.Content, limits.ErrorSize, cancellationToken).ConfigureAwait(false);
        (string? code, string text) = RegistryErrorText.Read(body, response.Content.Headers.ContentType?.MediaType ?? "", key.Credential?.Secrets ?? []);
        // What the token server does not know is no image that does not exist, and its 400 (an expired identity token) is a refusal.
        if (fault is RegistryFault.NotFound or RegistryFault.UnexpectedResponse && (int)response.StatusCode >= 400) fault = RegistryFault.Unauthorized;
        return new RegistryException(fault, $"{shown}: {FaultTranslator.Describe(response, code, text)}")
        {
            StatusCode = response.StatusCode,
            ErrorCode = code,
            IsTransient = isTransient,
            RetryAfter = FaultTranslator.RetryAfter(response.Headers),
        };
    }

    private static BearerToken Read(byte[] body, DateTimeOffset asked, string shown)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            string? token = Text(root, "token") ?? Text(root, "access_token");
            // A token is a header value: what cannot stand in one is none (RFC 6750, section 2.1).
            if (string.IsNullOrEmpty(token) || token.Any(c => c is <= ' ' or > '~'))
                throw new RegistryException(RegistryFault.Unauthorized, $"{shown}: the answer has no token");
            TimeSpan lifetime = root.TryGetProperty("expires_in", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number
                && seconds.TryGetDouble(out double value) && value is > 0 and < 1e8
                ? TimeSpan.FromSeconds(value)
                : DefaultLifetime;
            // Renewed a little before the end, so that none expires on its way.
            return new BearerToken(token, asked + lifetime - TimeSpan.FromSeconds(Math.Min(10, lifetime.TotalSeconds / 4)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RegistryException(RegistryFault.UnexpectedResponse, $"{shown}: the answer is not a JSON object with a token", e);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

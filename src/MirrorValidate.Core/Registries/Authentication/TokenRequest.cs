using System.Net.Http.Headers;
using System.Text;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Requests to token servers: GET (distribution docs, spec/auth/token.md), or POST for identity tokens
/// (spec/auth/oauth.md).
/// </summary>
internal static class TokenRequest
{
    internal static HttpMethod MethodOf(TokenKey key) =>
        key.Credential is { IsIdentityToken: true } ? HttpMethod.Post : HttpMethod.Get;

    /// <summary>The URL to ask first.</summary>
    internal static Uri AddressOf(TokenKey key)
    {
        if (key.Credential is { IsIdentityToken: true }) return key.Realm;
        var query = new StringBuilder(key.Realm.Query.TrimStart('?'));
        Append(query, "service", key.Service);
        foreach (string scope in key.Scope.Split(' ')) Append(query, "scope", scope);
        return new UriBuilder(key.Realm) { Query = query.ToString() }.Uri;
    }

    /// <summary>Makes a request, with the credential.</summary>
    /// <param name="key">What the token is for.</param>
    /// <param name="address">The URL.</param>
    internal static HttpRequestMessage Create(TokenKey key, Uri address)
    {
        var request = new HttpRequestMessage(MethodOf(key), address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (key.Credential is { IsIdentityToken: true } identity)
        {
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["service"] = key.Service,
                ["client_id"] = "MirrorValidate",
                ["scope"] = key.Scope,
                ["refresh_token"] = identity.Secret,
            });
        }
        else if (key.Credential is { } credential)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.ToBasicParameter());
        }

        return request;
    }

    private static void Append(StringBuilder query, string name, string value)
    {
        if (value.Length > 0)
            query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}

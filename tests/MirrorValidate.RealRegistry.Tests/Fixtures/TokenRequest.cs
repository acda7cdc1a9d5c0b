using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>One request to a <see cref="TokenServer"/>.</summary>
/// <param name="Method">GET, or POST for OAuth2.</param>
/// <param name="Scopes">The requested scopes.</param>
/// <param name="Authorization">The header as sent; null if there was none.</param>
/// <param name="Fields">The query or form fields by name; the last one if a name is repeated.</param>
public sealed record TokenRequest(
    string Method, IReadOnlyList<TokenScope> Scopes, string? Authorization, IReadOnlyDictionary<string, string> Fields)
{
    internal static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = HttpMethods.IsPost(request.Method)
            ? (await request.ReadFormAsync(cancellationToken)).ToDictionary()
            : request.Query.ToDictionary();
        var scopes = fields.GetValueOrDefault("scope")
            .SelectMany(value => value!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(TokenScope.Parse);
        return new TokenRequest(
            request.Method,
            [.. scopes],
            request.Headers.Authorization.LastOrDefault(),
            fields.ToDictionary(field => field.Key, field => field.Value.LastOrDefault() ?? ""));
    }

    internal bool IsFrom(NetworkCredential user)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}"));
        return Authorization == basic
            || (Grants("password") && Field("username") == user.UserName && Field("password") == user.Password);
    }

    internal bool Presents(string? identityToken) =>
        identityToken is not null && Grants("refresh_token") && Field("refresh_token") == identityToken;

    private bool Grants(string type) => Method == "POST" && Field("grant_type") == type;

    private string? Field(string name) => Fields.GetValueOrDefault(name);
}

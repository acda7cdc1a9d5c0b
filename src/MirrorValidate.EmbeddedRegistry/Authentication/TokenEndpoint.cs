using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MirrorValidate.Embedded;

/// <summary>
/// The token endpoint: GET with HTTP Basic or without credentials, and the OAuth2 POST with a password or refresh
/// token.
/// </summary>
internal static class TokenEndpoint
{
    public static async Task HandleAsync(HttpContext context, BearerAuthentication authentication)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
        {
            var user = authentication.BasicUser(context, out var refused);
            if (refused || (user is null && !authentication.AllowAnonymous))
            {
                await RefuseAsync(context);
                return;
            }

            var offline = request.Query["offline_token"] == "true" && user is not null;
            await GrantAsync(
                context, authentication, user, request.Query["scope"], oauth: false,
                offline ? RefreshTokenOf(user!) : null);
        }
        else if (HttpMethods.IsPost(request.Method) && authentication.AcceptsPost)
        {
            await HandlePostAsync(context, authentication);
        }
        else
        {
            await RegistryResponse.WriteMethodNotAllowedAsync(
                context, authentication.AcceptsPost ? "GET, POST" : "GET");
        }
    }

    private static async Task HandlePostAsync(HttpContext context, BearerAuthentication authentication)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = form["grant_type"].ToString() switch
        {
            "password" when authentication.IsUser(form["username"].ToString(), form["password"].ToString()) =>
                form["username"].ToString(),
            "refresh_token" => UserOf(authentication, form["refresh_token"].ToString()),
            _ => null,
        };
        if (user is null)
        {
            await RefuseAsync(context);
            return;
        }

        var refreshToken = form["grant_type"] == "refresh_token" ? form["refresh_token"].ToString()
            : form["access_type"] == "offline" ? RefreshTokenOf(user)
            : null;
        await GrantAsync(context, authentication, user, form["scope"], oauth: true, refreshToken);
    }

    private static Task RefuseAsync(HttpContext context) =>
        RegistryResponse.WriteErrorAsync(
            context,
            new RegistryError(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "incorrect username or password"));

    private static Task GrantAsync(
        HttpContext context, BearerAuthentication authentication, string? user, StringValues scopes, bool oauth,
        string? refreshToken)
    {
        var access = TokenAccess.ParseAll(scopes)
            .Select(asked => asked with
            {
                Actions = [.. asked.Actions.Where(action => authentication.IsGranted(user, asked.Name, action))],
            })
            .Where(granted => granted.Actions.Length > 0)
            .ToArray();
        var token = authentication.Tokens.Issue(user, access, authentication.Lifetime);
        return RegistryResponse.WriteJsonAsync(context, writer =>
        {
            writer.WriteStartObject();
            if (!oauth && authentication.Fields.HasFlag(TokenFields.Token))
            {
                writer.WriteString("token", token.Value);
            }

            if (oauth || authentication.Fields.HasFlag(TokenFields.AccessToken))
            {
                writer.WriteString("access_token", token.Value);
            }

            if (oauth)
            {
                writer.WriteString("scope", string.Join(' ', access.Select(granted => granted.ToString())));
            }

            if (authentication.ExpiresIn is not < 0)
            {
                writer.WriteNumber("expires_in", authentication.ExpiresIn ?? (int)authentication.Lifetime.TotalSeconds);
            }

            writer.WriteString(
                "issued_at",
                (token.Expires - authentication.Lifetime).UtcDateTime
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (refreshToken is not null)
            {
                writer.WriteString("refresh_token", refreshToken);
            }

            writer.WriteEndObject();
        });
    }

    private static string? UserOf(BearerAuthentication authentication, string refreshToken) =>
        authentication.RefreshTokens.TryGetValue(refreshToken, out var user) ? user
            : authentication.Users.Keys.FirstOrDefault(name => RefreshTokenOf(name) == refreshToken);

    /// <summary>Derived from the name, so that it need not be stored. It only protects test content.</summary>
    private static string RefreshTokenOf(string user) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("refresh token of " + user)));
}

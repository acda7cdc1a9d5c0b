using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// Bearer tokens (Distribution's token authentication specification) with a token endpoint at <c>/token</c> of the same
/// registry. If two registries share an instance, a token of one is valid for both.
/// </summary>
public sealed class BearerAuthentication : RegistryAuthentication
{
    /// <summary>The path of the token endpoint.</summary>
    public const string TokenPath = "/token";

    /// <summary>
    /// The realm in the challenge, such as the token endpoint of another host; null: the registry's own.
    /// </summary>
    public string? Realm { get; set; }

    /// <summary>The service in the challenge.</summary>
    public string Service { get; set; } = "embedded-registry";

    /// <summary>Whether a request without credentials gets a token, for pulls only.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>How long a token is valid.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The <c>expires_in</c> of the answer, in seconds; negative: omitted; null: <see cref="Lifetime"/>.
    /// </summary>
    public int? ExpiresIn { get; set; }

    /// <summary>The members of the answer that contain the token.</summary>
    public TokenFields Fields { get; set; } = TokenFields.Both;

    /// <summary>The identity tokens accepted by the OAuth2 refresh-token grant, and their users.</summary>
    public IReadOnlyDictionary<string, string> RefreshTokens { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether the OAuth2 POST is supported; if not, the endpoint answers 405.</summary>
    public bool AcceptsPost { get; set; } = true;

    /// <summary>
    /// Whether a user (null: anonymous) may perform an action on a repository. Other actions are silently left out of
    /// the token, as the specification requires. Null: users may do everything, anonymous clients may <c>pull</c>.
    /// </summary>
    public Func<string?, string, string, bool>? Policy { get; set; }

    /// <summary>The issued tokens.</summary>
    public TokenIssuer Tokens { get; init; } = new();

    internal override string? Challenge(HttpContext context, RegistryRoute route, string baseAddress)
    {
        var presented = Credentials(context, "Bearer");
        var token = presented is null ? null : Tokens.Find(presented);
        var (type, name, actions) = Required(route, context.Request.Method);
        if (token is not null
            && Array.TrueForAll(actions, action => token.Access.Any(access => access.Allows(type, name, action))))
        {
            return null;
        }

        var challenge = $"Bearer realm=\"{Realm ?? baseAddress + TokenPath}\",service=\"{Service}\"";
        if (actions.Length > 0)
        {
            challenge += $",scope=\"{type}:{name}:{string.Join(',', actions)}\"";
        }

        return presented is null ? challenge
            : token is null ? challenge + ",error=\"invalid_token\""
            : challenge + ",error=\"insufficient_scope\"";
    }

    internal bool IsGranted(string? user, string name, string action) =>
        Policy?.Invoke(user, name, action) ?? (user is not null || action == "pull");

    private static (string Type, string Name, string[] Actions) Required(RegistryRoute route, string method) =>
        route.Kind switch
        {
            RouteKind.Catalog => ("registry", "catalog", ["*"]),
            _ when route.Repository.Length == 0 => ("", "", []),
            _ when HttpMethods.IsGet(method) || HttpMethods.IsHead(method) =>
                ("repository", route.Repository, ["pull"]),
            RouteKind.Manifest or RouteKind.Blob when HttpMethods.IsDelete(method) =>
                ("repository", route.Repository, ["delete"]),
            _ => ("repository", route.Repository, ["pull", "push"]),
        };
}

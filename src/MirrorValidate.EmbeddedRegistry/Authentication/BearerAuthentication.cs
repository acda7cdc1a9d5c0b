using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// Bearer tokens (Distribution's token authentication specification) with a token endpoint at <c>/token</c> of the same registry.
/// Given to two registries, the tokens of either open both.
/// </summary>
public sealed class BearerAuthentication : RegistryAuthentication
{
    /// <summary>The path of the token endpoint.</summary>
    public const string TokenPath = "/token";

    /// <summary>The realm of the challenge, such as the token endpoint of another host; null: the registry's own.</summary>
    public string? Realm { get; set; }

    /// <summary>The service that the challenge names.</summary>
    public string Service { get; set; } = "embedded-registry";

    /// <summary>Whether a request without credentials gets a token, for pulls only.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>How long a token holds.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What <c>expires_in</c> says, in seconds, when it is to differ from <see cref="Lifetime"/>; negative: the member is left out.
    /// Null: the truth.
    /// </summary>
    public int? ExpiresIn { get; set; }

    /// <summary>Where the answer carries the token.</summary>
    public TokenFields Fields { get; set; } = TokenFields.Both;

    /// <summary>Identity tokens that the OAuth2 refresh-token grant takes, and whose they are.</summary>
    public IReadOnlyDictionary<string, string> RefreshTokens { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether the OAuth2 POST is there; without it the endpoint answers 405.</summary>
    public bool AcceptsPost { get; set; } = true;

    /// <summary>
    /// Whether a user (null: anonymous) may do an action to a repository. What may not is left out of the token, silently, as
    /// the specification asks. Null: users everything, the anonymous <c>pull</c>.
    /// </summary>
    public Func<string?, string, string, bool>? Policy { get; set; }

    /// <summary>What was given out.</summary>
    public TokenIssuer Tokens { get; init; } = new();

    internal override string? Challenge(HttpContext context, RegistryRoute route, string baseAddress)
    {
        var presented = Credentials(context, "Bearer");
        var token = presented is null ? null : Tokens.Find(presented);
        var (type, name, actions) = Required(route, context.Request.Method);
        if (token is not null && Array.TrueForAll(actions, action => token.Access.Any(access => access.Allows(type, name, action))))
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

    internal bool IsGranted(string? user, string name, string action) => Policy?.Invoke(user, name, action) ?? (user is not null || action == "pull");

    private static (string Type, string Name, string[] Actions) Required(RegistryRoute route, string method) => route.Kind switch
    {
        RouteKind.Catalog => ("registry", "catalog", ["*"]),
        _ when route.Repository.Length == 0 => ("", "", []),
        _ when HttpMethods.IsGet(method) || HttpMethods.IsHead(method) => ("repository", route.Repository, ["pull"]),
        RouteKind.Manifest or RouteKind.Blob when HttpMethods.IsDelete(method) => ("repository", route.Repository, ["delete"]),
        _ => ("repository", route.Repository, ["pull", "push"]),
    };
}

using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// HTTP Basic authentication (RFC 7617) for everything under <c>/v2/</c>, as with Distribution's htpasswd.
/// </summary>
public sealed class BasicAuthentication : RegistryAuthentication
{
    /// <summary>Creates the authentication without users; set them before use.</summary>
    public BasicAuthentication()
    {
    }

    /// <summary>Creates the authentication with one user.</summary>
    public BasicAuthentication(string user, string password) =>
        Users = new Dictionary<string, string> { [user] = password };

    /// <summary>The realm in the challenge.</summary>
    public string Realm { get; set; } = "embedded registry";

    internal override string? Challenge(HttpContext context, RegistryRoute route, string baseAddress) =>
        BasicUser(context, out _) is null ? $"Basic realm=\"{Realm}\"" : null;
}

using System.Text;

namespace MirrorValidate.Registries.Authentication;

/// <summary>What proves to a registry who asks: a user name with a password, or an identity token. Never shows its secret.</summary>
public sealed class RegistryCredential
{
    private RegistryCredential(string userName, string secret, bool isIdentityToken)
    {
        UserName = userName;
        Secret = secret;
        IsIdentityToken = isIdentityToken;
    }

    /// <summary>The user name; empty for an identity token.</summary>
    public string UserName { get; }

    /// <summary>Whether this is an OAuth2 refresh token (distribution docs, spec/auth/oauth.md) and not a password.</summary>
    public bool IsIdentityToken { get; }

    internal string Secret { get; }

    /// <summary>A user name and a password.</summary>
    public static RegistryCredential Basic(string userName, string password) => new(userName, password, isIdentityToken: false);

    /// <summary>An identity token.</summary>
    public static RegistryCredential IdentityToken(string token) => new("", token, isIdentityToken: true);

    /// <summary>The credentials of the Basic scheme (RFC 7617).</summary>
    internal string ToBasicParameter() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Secret}"));

    /// <summary>The forms of the secret that no message may repeat, should a server send one back.</summary>
    internal IReadOnlyCollection<string> Secrets =>
        [.. new[] { Secret, ToBasicParameter(), Uri.EscapeDataString(Secret) }.Where(form => form.Length > 0)];

    /// <summary>The kind of credential, without its secret.</summary>
    public override string ToString() => IsIdentityToken ? "identity token" : $"user \"{UserName}\"";
}

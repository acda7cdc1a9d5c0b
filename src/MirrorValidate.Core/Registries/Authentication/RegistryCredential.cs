using System.Text;

namespace MirrorValidate.Registries.Authentication;

/// <summary>A user name with a password, or an identity token. Never shows its secret.</summary>
internal sealed class RegistryCredential : IEquatable<RegistryCredential>
{
    private IReadOnlyCollection<string>? _secrets;

    private RegistryCredential(string userName, string secret, bool isIdentityToken)
    {
        UserName = userName;
        Secret = secret;
        IsIdentityToken = isIdentityToken;
    }

    /// <summary>The user name; empty for an identity token.</summary>
    public string UserName { get; }

    /// <summary>
    /// Whether this is an identity token: an OAuth2 refresh token (distribution docs, spec/auth/oauth.md).
    /// </summary>
    public bool IsIdentityToken { get; }

    internal string Secret { get; }

    /// <summary>Makes the credential of a user name and a password.</summary>
    public static RegistryCredential Basic(
        string userName, string password) => new(userName, password, isIdentityToken: false);

    /// <summary>Makes the credential of an identity token.</summary>
    public static RegistryCredential IdentityToken(string token) => new("", token, isIdentityToken: true);

    /// <summary>The credentials of the Basic scheme (RFC 7617).</summary>
    internal string ToBasicParameter() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Secret}"));

    /// <summary>The forms of the secret that a server could send back, and that no message may show.</summary>
    internal IReadOnlyCollection<string> Secrets =>
        _secrets ??= new HashSet<string>
        {
            Secret, Uri.EscapeDataString(Secret), Base64(Secret), ToBasicParameter().TrimEnd('='),
        };

    /// <summary>Equal user names and secrets are equal, so both sides of a run can share tokens.</summary>
    public bool Equals(RegistryCredential? other) =>
        other is not null
        && UserName == other.UserName
        && Secret == other.Secret
        && IsIdentityToken == other.IsIdentityToken;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegistryCredential);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(UserName, Secret, IsIdentityToken);

    /// <summary>The kind of credential, without its secret.</summary>
    public override string ToString() => IsIdentityToken ? "identity token" : $"user \"{UserName}\"";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}

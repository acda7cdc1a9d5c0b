using System.Text;

namespace MirrorValidate.Registries.Authentication;

/// <summary>What proves to a registry who asks: a user name with a password, or an identity token. Never shows its secret.</summary>
public sealed class RegistryCredential : IEquatable<RegistryCredential>
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
        _secrets ??= [.. new[] { Secret, Uri.EscapeDataString(Secret), Base64(Secret), ToBasicParameter().TrimEnd('=') }.Distinct()];

    /// <summary>Equal when the same is proven: then both sides of a run are one identity to a server.</summary>
    public bool Equals(RegistryCredential? other) =>
        other is not null && UserName == other.UserName && Secret == other.Secret && IsIdentityToken == other.IsIdentityToken;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegistryCredential);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(UserName, Secret, IsIdentityToken);

    /// <summary>The kind of credential, without its secret.</summary>
    public override string ToString() => IsIdentityToken ? "identity token" : $"user \"{UserName}\"";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}

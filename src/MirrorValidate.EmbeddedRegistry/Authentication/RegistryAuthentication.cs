using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// How a registry authenticates clients: <see cref="BasicAuthentication"/> or <see cref="BearerAuthentication"/>.
/// </summary>
public abstract class RegistryAuthentication
{
    private protected RegistryAuthentication()
    {
    }

    /// <summary>User names and their passwords. May be replaced while the registry runs.</summary>
    public IReadOnlyDictionary<string, string> Users { get; set; } = new Dictionary<string, string>();

    /// <summary>The challenge for a refused request; null: the request is allowed.</summary>
    internal abstract string? Challenge(HttpContext context, RegistryRoute route, string baseAddress);

    internal bool IsUser(string name, string password) =>
        Users.TryGetValue(name, out var expected) && expected == password;

    /// <summary>The value of an Authorization header with the given scheme; null if there is none.</summary>
    private protected static string? Credentials(HttpContext context, string scheme)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.Length > scheme.Length
            && header[scheme.Length] == ' '
            && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[(scheme.Length + 1)..].Trim()
            : null;
    }

    /// <summary>
    /// The user that HTTP Basic (RFC 7617) proves; null if the header is missing; <paramref name="refused"/> if it is
    /// wrong.
    /// </summary>
    internal string? BasicUser(HttpContext context, out bool refused)
    {
        refused = false;
        if (Credentials(context, "Basic") is not { } encoded)
        {
            return null;
        }

        var buffer = new byte[encoded.Length];
        if (Convert.TryFromBase64String(encoded, buffer, out var length))
        {
            var pair = System.Text.Encoding.UTF8.GetString(buffer, 0, length);
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0 && IsUser(pair[..colon], pair[(colon + 1)..]))
            {
                return pair[..colon];
            }
        }

        refused = true;
        return null;
    }
}

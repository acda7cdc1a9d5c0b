using System.Net;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Decides which token realms a registry may name. The realm gets the registry's credentials, so a registry that names
/// another host could steal them (CVE-2026-48978, CVE-2025-51471).
/// </summary>
internal static class RealmPolicy
{
    // Registries whose token server is known to be in another domain.
    private static readonly Dictionary<string, string> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        ["nvcr.io"] = "authn.nvidia.com",
        ["lscr.io"] = "ghcr.io",
        ["registry.hub.docker.com"] = "auth.docker.io",
    };

    // Domains whose subdomains belong to different customers.
    private static readonly HashSet<string> SharedSuffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        "azurecr.io", "amazonaws.com", "cloudfront.net", "github.io", "gitlab.io", "herokuapp.com", "azurewebsites.net",
        "blob.core.windows.net", "pkg.dev", "googleapis.com", "run.app", "web.app", "firebaseapp.com", "fly.dev",
        "vercel.app", "netlify.app", "pages.dev", "workers.dev", "ngrok.io", "ngrok-free.app", "onrender.com",
        "cloudapp.net", "scw.cloud", "ocir.io", "digitaloceanspaces.com", "ondigitalocean.app",
    };

    // Second-level labels of country domains under which names are registered: example.co.uk.
    private static readonly HashSet<string> CountrySecondLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        "ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ltd", "mil", "ne", "net", "nom", "or", "org", "sch",
    };

    /// <summary>Decides on a realm.</summary>
    /// <param name="realm">The realm of the challenge.</param>
    /// <param name="registry">The registry that sent it.</param>
    /// <param name="registryUri">The scheme and authority of the registry.</param>
    /// <param name="options">The realms and insecure hosts that the user allows.</param>
    /// <param name="uri">The realm, if it is allowed.</param>
    /// <returns>
    /// <see langword="null"/> if the realm is allowed; else a clause that says why not, and what would allow it.
    /// </returns>
    internal static string? Refuse(
        string? realm, RegistryHost registry, Uri registryUri, RegistryOptions options, out Uri? uri)
    {
        uri = null;
        if (string.IsNullOrEmpty(realm)) return "it names no realm";
        if (!Uri.TryCreate(realm, UriKind.Absolute, out Uri? candidate) || candidate.Scheme is not ("https" or "http"))
            return $"its realm \"{RegistryErrorText.Clean(realm)}\" is not an http URL";
        if (candidate.UserInfo.Length > 0) return $"its realm at {candidate.Authority} carries user information";
        bool sameHost = candidate.Host.Equals(registryUri.Host, StringComparison.OrdinalIgnoreCase);
        if (candidate.Scheme == "http" && sameHost && registryUri.Scheme == "https")
        {
            // A TLS-terminating proxy that the registry does not know about: use HTTPS for the realm too.
            int port = candidate.IsDefaultPort ? registryUri.Port : candidate.Port;
            candidate = new UriBuilder(candidate) { Scheme = "https", Port = port }.Uri;
        }

        if (!RegistryHost.TryParse(candidate.Authority, out RegistryHost? realmHost))
            return $"its realm host \"{candidate.Authority}\" is malformed";
        bool trusted = options.IsTrustedRealm(realmHost);
        bool insecureAllowed = realmHost.IsLoopback || options.IsInsecure(realmHost);
        string shown = candidate.GetLeftPart(UriPartial.Authority);
        if (candidate.Scheme == "http" && !insecureAllowed)
            return $"its realm {shown} is not HTTPS; -InsecureRegistry {realmHost} would allow it";
        if (!sameHost && !trusted && !IsRelated(registry, registryUri.Host, candidate.Host))
            return $"its realm {shown} is on another host than the registry; -TrustedRealm {realmHost} would allow it";
        uri = candidate;
        return null;
    }

    /// <summary>
    /// Whether two hosts share a registrable domain. Approximate: there is no complete list of public suffixes here.
    /// </summary>
    internal static bool ShareRegistrableDomain(string one, string other) =>
        RegistrableDomain(one) is { } domain
        && domain.Equals(RegistrableDomain(other), StringComparison.OrdinalIgnoreCase);

    private static bool IsRelated(RegistryHost registry, string registryHost, string realmHost) =>
        ShareRegistrableDomain(registryHost, realmHost)
        || (WellKnown.TryGetValue(registry.HostName, out string? known)
            && known.Equals(realmHost, StringComparison.OrdinalIgnoreCase));

    private static string? RegistrableDomain(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out _)) return null;
        string[] labels = host.TrimEnd('.').Split('.');
        if (labels.Length < 2) return null;
        int count = labels[^1].Length == 2 && CountrySecondLevels.Contains(labels[^2]) ? 3 : 2;
        for (int i = 1; i < labels.Length; i++)
        {
            if (SharedSuffixes.Contains(string.Join('.', labels[i..]))) count = Math.Max(count, labels.Length - i + 1);
        }

        return labels.Length < count ? null : string.Join('.', labels[^count..]);
    }
}

using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// The credentials in a Docker <c>config.json</c> or a containers <c>auth.json</c>: member <c>auths</c>. Hosts match exactly,
/// never by prefix; Docker Hub's names are one host.
/// </summary>
/// <param name="path">The file; one that does not exist has no credentials.</param>
public sealed class DockerConfig(string path) : ICredentialSource
{
    private readonly Lazy<IReadOnlyDictionary<RegistryHost, RegistryCredential>> _auths = new(() => Read(path));

    /// <inheritdoc/>
    public string Description => path;

    /// <inheritdoc/>
    public ValueTask<RegistryCredential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken) =>
        new(_auths.Value.GetValueOrDefault(registry));

    private static Dictionary<RegistryHost, RegistryCredential> Read(string path)
    {
        var auths = new Dictionary<RegistryHost, RegistryCredential>();
        try
        {
            if (!File.Exists(path)) return auths;
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("the file is not a JSON object");
            if (!document.RootElement.TryGetProperty("auths", out JsonElement entries) || entries.ValueKind != JsonValueKind.Object) return auths;
            foreach (JsonProperty entry in entries.EnumerateObject())
            {
                if (HostOf(entry.Name) is { } host && Credential(entry.Value) is { } credential) auths.TryAdd(host, credential);
            }

            return auths;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException)
        {
            throw new CredentialException($"cannot read the credentials in {path}: {e.Message}", e);
        }
    }

    // Keys are host[:port], or what docker login was given: https://index.docker.io/v1/.
    private static RegistryHost? HostOf(string key)
    {
        string name = key;
        foreach (string scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            if (name.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) name = name[scheme.Length..];
        }

        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (name[slash..].Trim('/') is not ("" or "v1" or "v2")) return null;
            name = name[..slash];
        }

        return RegistryHost.TryParse(name, out RegistryHost? host) ? host : null;
    }

    private static RegistryCredential? Credential(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object) return null;
        if (Text(entry, "identitytoken") is { Length: > 0 } token) return RegistryCredential.IdentityToken(token);
        if (Text(entry, "auth") is { Length: > 0 } auth)
        {
            string pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).TrimEnd('\0');
            int colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw new FormatException("an auth member is not the Base64 of user:password");
            return RegistryCredential.Basic(pair[..colon], pair[(colon + 1)..]);
        }

        return Text(entry, "username") is { Length: > 0 } user && Text(entry, "password") is { } password
            ? RegistryCredential.Basic(user, password)
            : null;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// The content of a credential file. Each credential is read when asked for, so a broken one affects only its own host.
/// </summary>
/// <param name="Auths">The credentials in the file itself, by host.</param>
/// <param name="Helpers">The names of the helpers of single hosts, by host.</param>
/// <param name="DefaultHelper">The name of the helper of all other hosts, if any.</param>
internal sealed record CredentialFileContent(
    IReadOnlyDictionary<RegistryHost, Func<RegistryCredential?>> Auths,
    IReadOnlyDictionary<RegistryHost, string> Helpers,
    string? DefaultHelper)
{
    private static readonly CredentialFileContent Empty = new(
        new Dictionary<RegistryHost, Func<RegistryCredential?>>(),
        new Dictionary<RegistryHost, string>(),
        DefaultHelper: null);

    /// <summary>The name of the helper for a host, if any.</summary>
    internal string? HelperOf(RegistryHost host) => Helpers.GetValueOrDefault(host) ?? DefaultHelper;

    /// <summary>Reads a file; one that does not exist is empty.</summary>
    /// <exception cref="CredentialException">
    /// It exists but cannot be read. The message does not repeat its content.
    /// </exception>
    internal static CredentialFileContent Read(string path)
    {
        try
        {
            if (!File.Exists(path)) return Empty;
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new FormatException("it is not a JSON object");
            return new CredentialFileContent(
                ByHost(root, "auths", entry => CredentialReader(entry.Clone(), path)),
                ByHost(root, "credHelpers", static helper => Text(helper)),
                Text(root, "credsStore") is { Length: > 0 } store ? store : null);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, $"it is not JSON (line {e.LineNumber + 1})");
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            throw Unreadable(path, e.Message, e);
        }
    }

    private static CredentialException Unreadable(string path, string problem, Exception? innerException = null) =>
        new($"cannot read the credentials in {path}: {problem}", innerException);

    private static Dictionary<RegistryHost, T> ByHost<T>(JsonElement root, string name, Func<JsonElement, T?> read)
        where T : class
    {
        var values = new Dictionary<RegistryHost, T>();
        if (!root.TryGetProperty(name, out JsonElement entries) || entries.ValueKind != JsonValueKind.Object)
            return values;
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (HostOf(entry.Name) is { } host && read(entry.Value) is { } value) values.TryAdd(host, value);
        }

        return values;
    }

    // Keys are host[:port], or the URL given to docker login: https://index.docker.io/v1/. A key with another path is a
    // namespace's.
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

    private static Func<RegistryCredential?> CredentialReader(JsonElement entry, string path)
    {
        var credential = new Lazy<RegistryCredential?>(() => Credential(entry, path));
        return () => credential.Value;
    }

    private static RegistryCredential? Credential(JsonElement entry, string path)
    {
        if (entry.ValueKind != JsonValueKind.Object) return null;
        if (Text(entry, "identitytoken") is { Length: > 0 } token) return RegistryCredential.IdentityToken(token);
        if (Text(entry, "auth") is { Length: > 0 } auth)
        {
            byte[] bytes = new byte[auth.Length];
            bool isBase64 = Convert.TryFromBase64String(auth, bytes, out int length);
            string pair = isBase64 ? Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0') : "";
            int colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                throw Unreadable(path, "the \"auth\" member is not the Base64 of user:password");
            return RegistryCredential.Basic(pair[..colon], pair[(colon + 1)..]);
        }

        return Text(entry, "username") is { Length: > 0 } user && Text(entry, "password") is { } password
            ? RegistryCredential.Basic(user, password)
            : null;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// The content of a credential file. Each credential is read when asked for, so a broken one affects only its own host.
/// </summary>
/// <param name="Auths">The credentials in the file itself.</param>
/// <param name="Helpers">
/// The names of the helpers of single hosts; an empty one means that the host has none, not even the default one.
/// </param>
/// <param name="DefaultHelper">The name of the helper of all other hosts, if any.</param>
internal sealed record CredentialFileContent(
    IReadOnlyDictionary<CredentialKey, Func<RegistryCredential?>> Auths,
    IReadOnlyDictionary<RegistryHost, string> Helpers,
    string? DefaultHelper)
{
    private static readonly CredentialFileContent Empty = new(
        new Dictionary<CredentialKey, Func<RegistryCredential?>>(),
        new Dictionary<RegistryHost, string>(),
        DefaultHelper: null);

    /// <summary>The credential in the file itself for exactly a key, if any.</summary>
    internal RegistryCredential? Find(CredentialKey key) => Auths.GetValueOrDefault(key)?.Invoke();

    /// <summary>The credential in the file itself for the longest path that a repository is under, if any.</summary>
    internal RegistryCredential? FindUnderPath(RegistryHost registry, string repository)
    {
        for (string path = repository; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOf('/'))])
        {
            if (Find(new CredentialKey(registry, path)) is { } credential) return credential;
        }

        return null;
    }

    /// <summary>Reads a file; one that does not exist, or is empty, has no credentials.</summary>
    /// <exception cref="CredentialException">
    /// It exists but cannot be read. The message does not repeat its content.
    /// </exception>
    internal static CredentialFileContent Read(string path)
    {
        try
        {
            if (!File.Exists(path)) return Empty;
            // As text, so that a byte order mark is passed over.
            string text = File.ReadAllText(path);
            if (string.IsNullOrWhiteSpace(text)) return Empty;
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new FormatException("it is not a JSON object");
            return new CredentialFileContent(
                ByKey(root, "auths", entry => CredentialReader(entry.Clone(), path)),
                ByKey(root, "credHelpers", static helper => Text(helper) ?? "")
                    .Where(entry => entry.Key.Path.Length == 0)
                    .ToDictionary(entry => entry.Key.Host, entry => entry.Value),
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

    private static Dictionary<CredentialKey, T> ByKey<T>(JsonElement root, string name, Func<JsonElement, T> read)
    {
        var values = new Dictionary<CredentialKey, T>();
        if (!root.TryGetProperty(name, out JsonElement entries) || entries.ValueKind != JsonValueKind.Object)
            return values;
        foreach ((CredentialKey? key, JsonElement value) in entries.EnumerateObject()
            .Select(entry => (CredentialKey.Read(entry.Name), entry.Value))
            .OrderBy(entry => entry.Item1?.Distance))
        {
            if (key is not null) values.TryAdd(key, read(value));
        }

        return values;
    }

    private static Func<RegistryCredential?> CredentialReader(JsonElement entry, string path)
    {
        var credential = new Lazy<RegistryCredential?>(() =>
        {
            try
            {
                return Credential(entry, path);
            }
            catch (InvalidOperationException e)
            {
                // A text that is not Unicode, such as half of a surrogate pair.
                throw Unreadable(path, e.Message, e);
            }
        });
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

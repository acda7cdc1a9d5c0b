using MirrorValidate.References;

namespace MirrorValidate.Registries.Authentication;

/// <summary>What a credential in a file is for.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Path">The path of the repositories, for example <c>team</c>; empty for all of the registry.</param>
internal sealed record CredentialKey(RegistryHost Host, string Path)
{
    /// <summary>
    /// How far the key in the file is from what it stands for. Where several stand for the same, the nearest counts: a
    /// key that is the host's name, then another name of it, then a URL.
    /// </summary>
    internal int Distance { get; private init; }

    /// <summary>
    /// Reads a key: <c>host[:port]</c>, <c>host[:port]/path</c>, or the URL given to docker login, for example
    /// <c>https://index.docker.io/v1/</c>, whose path means nothing.
    /// </summary>
    /// <returns>The key; <see langword="null"/> if it names no host.</returns>
    internal static CredentialKey? Read(string text)
    {
        bool isUrl = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        string name = isUrl ? text[(text.IndexOf(':', StringComparison.Ordinal) + 3)..] : text;
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string path = slash < 0 || isUrl ? "" : name[slash..].Trim('/');
        // Paths of the API, which docker login took for a part of the host.
        if (path is "v1" or "v2") path = "";
        string authority = slash < 0 ? name : name[..slash];
        if (!RegistryHost.TryParse(authority, out RegistryHost? host)) return null;
        bool isName = path.Length == 0 ? text == host.Name : authority == host.Name;
        return new CredentialKey(host, path) { Distance = isUrl ? 2 : isName ? 0 : 1 };
    }

    /// <summary>Equal if they are for the same, however they are written.</summary>
    public bool Equals(CredentialKey? other) => other is not null && Host.Equals(other.Host) && Path == other.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Host, Path);
}

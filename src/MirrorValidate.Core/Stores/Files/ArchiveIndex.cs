using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>The names in an archive, and the files that they lead to.</summary>
/// <param name="path">The path of the archive, for messages.</param>
internal sealed class ArchiveIndex(string path)
{
    private const int MaximumLinks = 16;

    private readonly Dictionary<string, StoreFile> _files = new(StringComparer.Ordinal);

    // What symbolic links lead to; null out of the archive.
    private readonly Dictionary<string, string?> _links = new(StringComparer.Ordinal);

    /// <summary>The file that has the name so far, if there is one.</summary>
    internal StoreFile? Current(string name) => _files.GetValueOrDefault(name);

    /// <summary>Adds a file. One of the same name before it should be its <see cref="StoreFile.Other"/>.</summary>
    internal void Add(string name, StoreFile file)
    {
        _files[name] = file;
        _links.Remove(name);
    }

    /// <summary>Adds a symbolic link.</summary>
    internal void AddLink(string name, string target) => _links[name] = ArchiveNames.Follow(name, target);

    /// <summary>The name of an entry.</summary>
    /// <exception cref="StoreException">The name leads out of the archive.</exception>
    internal string NameOf(string written) => ArchiveNames.Normalize(written)
        ?? throw Refuse(written, "its name leads out of the archive");

    /// <summary>Finds a file by name; follows links.</summary>
    /// <exception cref="StoreException">A link leads out of the archive.</exception>
    internal StoreFile? Find(string name)
    {
        string current = name;
        for (int links = 0; links <= MaximumLinks; links++)
        {
            if (LinkIn(current) is not { } link) return _files.GetValueOrDefault(current);
            if (_links[link] is not { } target) throw Refuse(name, "it is a link that leads out of the store");
            current = target + current[link.Length..];
        }

        throw Refuse(name, "it is a link that leads back to itself");
    }

    /// <summary>The names of files in the root and its folders.</summary>
    internal IEnumerable<string> List(int depth) => _files.Keys.Where(name => name.AsSpan().Count('/') <= depth);

    /// <summary>The exception for an entry that is not accepted.</summary>
    internal StoreException Refuse(string name, string problem) =>
        new(RegistryFault.MalformedManifest, $"{path}: {Printable.Of(name)}: {problem}");

    // The link that a name is, or that a folder on the way to it is.
    private string? LinkIn(string name)
    {
        if (_links.Count == 0) return null;
        for (int slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (_links.ContainsKey(name[..slash])) return name[..slash];
        }

        return _links.ContainsKey(name) ? name : null;
    }
}

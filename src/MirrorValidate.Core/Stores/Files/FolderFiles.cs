using System.Collections.Concurrent;
using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>The files of a store in a folder. Links are followed as long as they stay in it.</summary>
internal sealed class FolderFiles : IStoreFiles
{
    private const int MaximumLinks = 16;

    private readonly StoreLimits _limits;
    private readonly string _root;

    // Where the folders are that files were looked for in. A store has few folders and many files.
    private readonly ConcurrentDictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <param name="path">The path as it was given.</param>
    /// <param name="fullPath">The full path of the folder.</param>
    /// <param name="limits">The limits.</param>
    internal FolderFiles(string path, string fullPath, StoreLimits limits)
    {
        Path = path;
        _limits = limits;
        var folder = new DirectoryInfo(fullPath);
        _root = System.IO.Path.TrimEndingDirectorySeparator(
            (folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder).FullName);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public StoreFile? Find(string name)
    {
        try
        {
            int slash = name.LastIndexOf('/');
            string folder = slash < 0
                ? _root
                : _folders.GetOrAdd(name[..slash], static (part, files) => files.Locate(part, links: 0), this);
            var file = new FileInfo(Resolve(System.IO.Path.Combine(folder, name[(slash + 1)..]), name, links: 0));
            return file.Exists ? new DiskFile(Path, name, file.FullName, file.Length) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"{Path}: {name}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> List(int depth)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = depth > 0,
            MaxRecursionDepth = depth,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };
        var found = new List<string>();
        try
        {
            foreach (string path in Directory.EnumerateFiles(_root, "*", options))
            {
                if (found.Count == _limits.Entries) throw TooMany();
                found.Add(NameOf(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"{Path}: {e.Message}", e);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Files are opened one by one.
    }

    private string NameOf(string path) =>
        System.IO.Path.GetRelativePath(_root, path).Replace(System.IO.Path.DirectorySeparatorChar, '/');

    private string Locate(string folder, int links)
    {
        string path = _root;
        foreach (string part in folder.Split('/'))
            path = Resolve(System.IO.Path.Combine(path, part), folder, links);
        return path;
    }

    // The path that a file or folder of the store is found under, which is the same unless it is a link. Folders on the
    // way to what a link names may be links as well.
    private string Resolve(string path, string name, int links)
    {
        string current = path;
        while (new FileInfo(current).LinkTarget is { } target)
        {
            if (++links > MaximumLinks) throw Outside(name);
            current = System.IO.Path.GetFullPath(target, System.IO.Path.GetDirectoryName(current)!);
            if (!current.StartsWith(_root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw Outside(name);
            string folder = NameOf(System.IO.Path.GetDirectoryName(current)!);
            if (folder != ".")
                current = System.IO.Path.Combine(Locate(folder, links), System.IO.Path.GetFileName(current));
        }

        return current;
    }

    private StoreException Outside(string name) => new(
        RegistryFault.MalformedManifest, $"{Path}: {name}: it is a link that leads out of the store");

    private StoreException TooMany() => new(
        RegistryFault.ResponseTooLarge, $"{Path}: the folder has more than {_limits.Entries} files");

    private static StoreException Unreadable(string message, Exception e) => new(RegistryFault.Unavailable, message, e);
}

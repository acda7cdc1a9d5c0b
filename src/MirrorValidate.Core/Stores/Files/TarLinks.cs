namespace MirrorValidate.Stores.Files;

/// <summary>Adds the entries of a tar archive to the index of its names.</summary>
internal static class TarLinks
{
    /// <summary>Adds an entry.</summary>
    /// <param name="index">The index.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="create">Makes the file of an entry with content.</param>
    /// <exception cref="StoreException">A name leads out of the archive.</exception>
    internal static void Add(ArchiveIndex index, TarEntry entry, Func<string, StoreFile> create)
    {
        string name = index.NameOf(entry.Name);
        switch (entry.Kind)
        {
            case TarEntryKind.File:
                index.Add(name, create(name));
                break;
            case TarEntryKind.HardLink when index.Current(index.NameOf(entry.Target)) is { } file:
                index.Add(name, file);
                break;
            case TarEntryKind.SymbolicLink:
                index.AddLink(name, entry.Target);
                break;
        }
    }
}

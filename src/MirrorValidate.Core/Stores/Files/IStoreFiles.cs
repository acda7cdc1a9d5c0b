namespace MirrorValidate.Stores.Files;

/// <summary>The files of a store, in a folder or an archive. Nothing is extracted. Safe for concurrent use.</summary>
internal interface IStoreFiles : IDisposable
{
    /// <summary>The path of the store as it was given, for messages.</summary>
    string Path { get; }

    /// <summary>Finds a file.</summary>
    /// <param name="name">The name, with <c>/</c> between its parts.</param>
    /// <returns>The file; <see langword="null"/> if there is none.</returns>
    /// <exception cref="StoreException">The file is a link out of the store, or could not be looked for.</exception>
    StoreFile? Find(string name);

    /// <summary>Lists the files.</summary>
    /// <param name="depth">How many folders deep to look; 0 for the root only.</param>
    /// <returns>Their names, with <c>/</c> between their parts.</returns>
    /// <exception cref="StoreException">The files could not be listed, or are too many.</exception>
    IEnumerable<string> List(int depth);
}

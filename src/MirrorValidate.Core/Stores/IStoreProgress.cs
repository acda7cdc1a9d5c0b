namespace MirrorValidate.Stores;

/// <summary>Told how far compressed archives were read, which may take minutes. Called from any thread.</summary>
internal interface IStoreProgress
{
    /// <summary>Takes in how far an archive was read.</summary>
    /// <param name="path">The path of the store.</param>
    /// <param name="done">The number of bytes that were read.</param>
    /// <param name="all">The number of all bytes.</param>
    void Report(string path, long done, long all);

    /// <summary>Takes in that a store was read, or could not be.</summary>
    /// <param name="path">The path of the store.</param>
    void Complete(string path);
}

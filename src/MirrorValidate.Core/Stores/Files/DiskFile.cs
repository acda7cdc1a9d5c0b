namespace MirrorValidate.Stores.Files;

/// <summary>A file in a folder.</summary>
/// <param name="store">The path of the store, for messages.</param>
/// <param name="name">The name in the store.</param>
/// <param name="path">The full path.</param>
/// <param name="length">The length in bytes.</param>
internal sealed class DiskFile(string store, string name, string path, long length) : StoreFile(store, name, length)
{
    // Pipes and devices have no length. Opening one could block.
    internal override Stream Open() => Length == 0
        ? Stream.Null
        : new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            BufferSize = 0,
        });
}

using Microsoft.Win32.SafeHandles;

namespace MirrorValidate.Stores.Files;

/// <summary>A file that lies as it is in an archive.</summary>
/// <param name="store">The path of the store, for messages.</param>
/// <param name="name">The name in the store.</param>
/// <param name="archive">The archive, which stays open.</param>
/// <param name="offset">Where the content begins in the archive.</param>
/// <param name="length">The length in bytes.</param>
internal sealed class SliceFile(string store, string name, SafeFileHandle archive, long offset, long length)
    : StoreFile(store, name, length)
{
    internal override Stream Open() => new FileSlice(archive, offset, Length);
}

using Microsoft.Win32.SafeHandles;
using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>
/// A temporary file without a name, so that nothing is left of it however the process ends. On Windows, it has one
/// until it is closed.
/// </summary>
internal sealed class Spool : IDisposable
{
    private readonly string _store;
    private readonly long _limit;
    private readonly FileStream _file;
    private long _length;

    /// <param name="store">The path of the store, for messages.</param>
    /// <param name="limit">The maximum size in bytes.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    internal Spool(string store, long limit)
    {
        _store = store;
        _limit = limit;
        string name = $"mirrorvalidate-{System.IO.Path.GetRandomFileName()}";
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), name);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.RandomAccess,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    /// <summary>Where the file was created.</summary>
    internal string Path => _file.Name;

    /// <summary>The file, to read from.</summary>
    internal SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Adds content.</summary>
    /// <returns>Where it begins.</returns>
    /// <exception cref="StoreException">The limit is exceeded.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal long Add(ReadOnlySpan<byte> content)
    {
        long offset = _length;
        if (offset + content.Length > _limit)
        {
            throw new StoreException(
                RegistryFault.ResponseTooLarge,
                $"{_store}: the manifests and configs in it have more than {_limit} bytes");
        }

        RandomAccess.Write(Handle, content, offset);
        _length += content.Length;
        return offset;
    }

    public void Dispose() => _file.Dispose();
}

using MirrorValidate.Registries;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>Opens stores: finds out what lies at a path, and reads its index.</summary>
/// <param name="limits">The limits.</param>
internal sealed class StoreOpener(StoreLimits limits)
{
    /// <summary>What is read, for messages.</summary>
    internal const string Known =
        "an OCI image layout (a folder, or a tar archive, also compressed with gzip or zstd), a dir: or sync folder of "
        + "skopeo, or an archive of hangar";

    /// <summary>Opens a store.</summary>
    /// <param name="path">The path as it was given, for messages.</param>
    /// <param name="fullPath">The full path.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">There is no store, or it is damaged.</exception>
    internal async Task<IImageStore> OpenAsync(string path, string fullPath, CancellationToken cancellationToken)
    {
        IStoreFiles? files = null;
        try
        {
            files = OpenFiles(path, fullPath, cancellationToken);
            IImageStore store = await OpenAsync(files, cancellationToken).ConfigureAwait(false);
            files = null;
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(RegistryFault.Unavailable, $"{path}: {e.Message}", e);
        }
        finally
        {
            files?.Dispose();
        }
    }

    private async Task<IImageStore> OpenAsync(IStoreFiles files, CancellationToken cancellationToken)
    {
        string[] layouts = [.. files.FindAll(OciLayout.Marker, depth: 1)];
        if (Array.Exists(layouts, name => name == OciLayout.Marker)) layouts = [OciLayout.Marker];
        return layouts switch
        {
            [var marker] => await OciLayout.OpenAsync(files, marker, limits, cancellationToken).ConfigureAwait(false),
            [] => throw NoStore(files),
            _ => throw new StoreException(
                RegistryFault.MalformedManifest,
                $"{files.Path}: there are {layouts.Length} image layouts in it: name one of its folders"),
        };
    }

    private IStoreFiles OpenFiles(string path, string fullPath, CancellationToken cancellationToken)
    {
        if (Directory.Exists(fullPath)) return new FolderFiles(path, fullPath, limits);
        if (!File.Exists(fullPath))
            throw new StoreException(RegistryFault.NotFound, $"{path}: there is no such file or folder");
        var archive = new FileStream(fullPath, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.RandomAccess,
            BufferSize = 0,
        });
        try
        {
            return OpenArchive(path, archive, cancellationToken);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private TarFiles OpenArchive(string path, FileStream archive, CancellationToken cancellationToken)
    {
        byte[] start = new byte[TarHeader.BlockSize];
        int length = archive.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        archive.Position = 0;
        if (length == start.Length && TarHeader.IsHeader(start))
            return TarFiles.Read(path, archive, limits, cancellationToken);
        throw new StoreException(
            RegistryFault.MalformedManifest, $"{path}: the file is no store; what is read is {Known}");
    }

    private static StoreException NoStore(IStoreFiles files) => new(
        RegistryFault.MalformedManifest,
        $"{files.Path}: there is no store in it, as neither {OciLayout.Marker} nor manifest.json is there; what is read "
        + $"is {Known}");
}

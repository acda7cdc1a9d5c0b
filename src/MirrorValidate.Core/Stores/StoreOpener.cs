using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Shapes;
using ZstdSharp;

namespace MirrorValidate.Stores;

/// <summary>Opens stores: finds out what lies at a path, and reads its index.</summary>
/// <param name="limits">The limits.</param>
/// <param name="progress">Told how far a compressed archive was read, in bytes, of how many.</param>
internal sealed class StoreOpener(StoreLimits limits, Action<long, long>? progress = null)
{
    // Scoped trees have the whole name of an image as folders.
    private const int MaximumDepth = 32;

    // The index of an archive of image-tools.
    private const string ConvertedImages = "saved-images-list.json";

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

    // An archive of hangar has a layout for each manifest, and docker's archives since version 25 are layouts as well.
    private async Task<IImageStore> OpenAsync(IStoreFiles files, CancellationToken cancellationToken)
    {
        string[] top = [.. files.List(depth: 1)];
        if (Array.IndexOf(top, OciLayout.Marker) >= 0)
            return await OciLayout.OpenAsync(files, OciLayout.Marker, limits, cancellationToken).ConfigureAwait(false);
        if (await OpenHangarAsync(files, cancellationToken).ConfigureAwait(false) is { } archive) return archive;
        if (Array.Find(top, name => LastPart(name) == ConvertedImages) is { } converted)
        {
            throw Unusable(
                $"{files.Path}: {converted} shows an archive of image-tools, which keeps the digests of the source and "
                + "other manifests: save the images with hangar, or with skopeo copy --all … oci-archive:FILE");
        }

        if (Array.IndexOf(top, OciLayout.IndexFile) >= 0) throw OciLayout.Missing(files, OciLayout.Marker);
        await RefuseDockerArchiveAsync(files, cancellationToken).ConfigureAwait(false);
        string[] layouts = [.. top.Where(name => LastPart(name) == OciLayout.Marker)];
        if (layouts.Length > 1)
        {
            throw Unusable(
                $"{files.Path}: there are {layouts.Length} image layouts in it, {layouts[0]} and others: name one of "
                + "its folders");
        }

        if (layouts is [var marker])
            return await OciLayout.OpenAsync(files, marker, limits, cancellationToken).ConfigureAwait(false);
        string[] all = [.. files.List(MaximumDepth)];
        return Array.Exists(all, name => LastPart(name) == SkopeoFolder.ManifestFile)
            ? await SkopeoFolder
                .OpenAsync(files, all, new StoreContents(new RegistryLimits()), limits, cancellationToken)
                .ConfigureAwait(false)
            : throw NoStore(files, all);
    }

    private async Task<HangarArchive?> OpenHangarAsync(IStoreFiles files, CancellationToken cancellationToken)
    {
        if (files.Find(OciLayout.IndexFile) is not { } index || index.Length > limits.IndexSize) return null;
        byte[] content = await index.ReadAsync(limits.IndexSize, cancellationToken).ConfigureAwait(false);
        if (!HangarIndex.IsOne(content)) return null;
        try
        {
            return HangarArchive.Open(files, content, limits);
        }
        catch (ManifestFormatException e)
        {
            throw index.Damaged(Printable.Of(e.Message));
        }
        catch (ManifestLimitException e)
        {
            throw new StoreException(RegistryFault.ResponseTooLarge, index.Damaged(e.Message).Message);
        }
    }

    // Its manifest.json is an array.
    private async Task RefuseDockerArchiveAsync(IStoreFiles files, CancellationToken cancellationToken)
    {
        if (files.Find(SkopeoFolder.ManifestFile) is not { } file || file.Length > limits.IndexSize) return;
        byte[] content = await file.ReadAsync(limits.IndexSize, cancellationToken).ConfigureAwait(false);
        if (!content.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("["u8)) return;
        throw Unusable(
            $"{files.Path}: a docker-archive, which has no manifests, so that no digest can be compared: save the "
            + "images with docker save of version 25 or newer, or with skopeo copy --all … oci-archive:FILE");
    }

    private IStoreFiles OpenFiles(string path, string fullPath, CancellationToken cancellationToken)
    {
        if (Directory.Exists(fullPath)) return new FolderFiles(path, fullPath, limits);
        if (!File.Exists(fullPath))
            throw new StoreException(RegistryFault.NotFound, $"{path}: there is no such file or folder");
        // Pipes and devices have no length. Opening one could block.
        if (new FileInfo(fullPath).Length == 0) throw NoArchive(path, "an empty file");
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

    private IStoreFiles OpenArchive(string path, FileStream archive, CancellationToken cancellationToken)
    {
        byte[] start = new byte[TarHeader.BlockSize];
        int length = archive.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        archive.Position = 0;
        if (length == start.Length && TarHeader.IsHeader(start))
            return TarFiles.Read(path, archive, limits, cancellationToken);
        if (start.AsSpan().StartsWith("PK"u8)) return ZipFiles.Read(path, archive, limits);
        if (Decompress(start, archive) is { } content)
        {
            // Closed here: not every decompressor closes its input, and Windows does not let an open file be replaced.
            using FileStream read = archive;
            using var guard = new ExpansionGuard(content, read, limits, progress);
            return CompressedTarFiles.Read(path, guard, limits, cancellationToken);
        }

        throw NoArchive(path, Describe(start.AsSpan(0, length)));
    }

    // RFC 1952, section 2.3.1; RFC 8878, section 3.1.1.
    private static Stream? Decompress(ReadOnlySpan<byte> start, FileStream archive)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return new WholeGZipStream(archive);
        return start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) ? new DecompressionStream(archive) : null;
    }

    private static string Describe(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xfd, 0x37, 0x7a])) return "an archive compressed with xz";
        if (start.StartsWith("BZh"u8)) return "an archive compressed with bzip2";
        bool isText = !start.ContainsAnyInRange((byte)0, (byte)8);
        return isText
            ? "a text file"
            : $"a file that begins with the bytes {Convert.ToHexString(start[..Math.Min(8, start.Length)])}";
    }

    private static StoreException NoArchive(string path, string found) =>
        Unusable($"{path}: {found}, which is no store; what is read is {Known}");

    private static StoreException Unusable(string message) => new(RegistryFault.MalformedManifest, message);

    private static StoreException NoStore(IStoreFiles files, string[] names)
    {
        string found = names.Length == 0 ? "no file"
            : $"{Printable.Of(names[0])}{(names.Length == 1 ? "" : $" and {names.Length - 1} more")}";
        return Unusable($"{files.Path}: there is no store in it, only {found}; what is read is {Known}");
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}

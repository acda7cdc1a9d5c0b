using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace MirrorValidate.Embedded.Images;

/// <summary>Builds a layer: a tar archive with one file, compressed with gzip.</summary>
public static class LayerBuilder
{
    /// <summary>
    /// Builds a layer whose content depends only on <paramref name="seed"/> and <paramref name="size"/>.
    /// </summary>
    /// <param name="seed">Any text.</param>
    /// <param name="size">The incompressible data in its file, in bytes.</param>
    /// <param name="mediaType">The media type in its descriptor.</param>
    /// <param name="compression">
    /// The compression. It affects the digest, but not <see cref="BuiltBlob.DiffId"/>.
    /// </param>
    public static BuiltBlob Build(
        string seed,
        int size,
        string mediaType = RegistryMediaTypes.DockerLayer,
        CompressionLevel compression = CompressionLevel.Optimal)
    {
        var archive = CreateTar(seed, size);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, compression, leaveOpen: true))
        {
            gzip.Write(archive);
        }

        return new BuiltBlob(mediaType, compressed.ToArray()) { DiffId = ContentDigest.Sha256(archive) };
    }

    private static byte[] CreateTar(string seed, int size)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            // The text is compressible, so that the compression level changes the layer.
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"content of {seed}\n", 16)));
            using var data = new MemoryStream([.. text, .. SeededBytes.Create(seed, size)]);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "opt/content")
            {
                DataStream = data,
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            });
        }

        return archive.ToArray();
    }
}

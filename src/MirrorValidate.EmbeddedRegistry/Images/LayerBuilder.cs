using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace MirrorValidate.Embedded.Images;

/// <summary>Makes a layer: a tar archive with one file, compressed with gzip.</summary>
public static class LayerBuilder
{
    /// <summary>Makes a layer whose content depends on <paramref name="seed"/> alone.</summary>
    /// <param name="seed">Anything.</param>
    /// <param name="size">How many bytes of incompressible data the file in it has.</param>
    /// <param name="mediaType">The type that its descriptor states.</param>
    /// <param name="compression">Another level gives another digest of the same <see cref="BuiltBlob.DiffId"/>.</param>
    public static BuiltBlob Build(
        string seed, int size, string mediaType = RegistryMediaTypes.DockerLayer, CompressionLevel compression = CompressionLevel.Optimal)
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
            // The text makes what is stored without compression differ from what is compressed.
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

using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Tests.Stores;

/// <summary>The files of a store by name, in the order in which an archive has them.</summary>
internal sealed class StoreFiles : List<KeyValuePair<string, byte[]>>
{
    internal const string ContainerdName = "io.containerd.image.name";
    internal const string RefName = "org.opencontainers.image.ref.name";

    internal byte[] this[string name]
    {
        get => Find(file => file.Key == name).Value;
        set
        {
            RemoveAll(file => file.Key == name);
            Add(new(name, value));
        }
    }

    /// <summary>An image layout of images, each with its annotations.</summary>
    internal static StoreFiles Layout(params (BuiltManifest Image, string[] Annotations)[] images)
    {
        var files = new StoreFiles();
        foreach ((BuiltManifest image, _) in images) files.AddBlobs(image, digest => $"blobs/{digest.Replace(':', '/')}");
        files["index.json"] = Index([.. images.Select(one => Entry(one.Image, one.Annotations))]);
        files["oci-layout"] = """{"imageLayoutVersion": "1.0.0"}"""u8.ToArray();
        return files;
    }

    /// <summary>An image layout of one image with a full name.</summary>
    internal static StoreFiles Layout(BuiltManifest image, string name) => Layout((image, [RefName, name]));

    /// <summary>A folder of skopeo's <c>dir:</c> transport.</summary>
    internal static StoreFiles SkopeoFolder(BuiltManifest image, string prefix = "")
    {
        var files = new StoreFiles();
        foreach (BuiltBlob blob in image.Children.SelectMany(child => child.Blobs).Concat(image.Blobs))
            files[$"{prefix}{blob.Digest[7..]}"] = blob.Content.ToArray();
        foreach (BuiltManifest child in image.Children)
            files[$"{prefix}{child.Digest[7..]}.manifest.json"] = child.Content.ToArray();
        files[prefix + "manifest.json"] = image.Content.ToArray();
        files[prefix + "version"] = "Directory Transport Version: 1.1"u8.ToArray();
        return files;
    }

    /// <summary>An archive of hangar.</summary>
    internal static StoreFiles Hangar(BuiltManifest list, string source, string tag)
    {
        var files = new StoreFiles();
        foreach (BuiltManifest child in list.Children)
        {
            files.AddBlobs(child, digest => $"share/{digest.Replace(':', '/')}");
            files[$"{child.Digest[7..]}/oci-layout"] = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();
            files[$"{child.Digest[7..]}/index.json"] = Index(Entry(child, []));
        }

        files["index.json"] = JsonSerializer.SerializeToUtf8Bytes(new
        {
            list = new[]
            {
                new
                {
                    source,
                    tag,
                    archList = list.Children.Select(child => child.Platform!.Architecture),
                    osList = new[] { "linux" },
                    images = list.Children.Select(child => new
                    {
                        arch = child.Platform!.Architecture,
                        os = child.Platform.OS,
                        variant = child.Platform.Variant ?? "",
                        mediaType = child.MediaType,
                        digest = child.Digest,
                    }),
                },
            },
            version = "v1.2.0",
        });
        return files;
    }

    /// <summary>The entry of an index, with annotations as pairs of name and value.</summary>
    internal static string Entry(BuiltManifest image, string[] annotations)
    {
        IEnumerable<string> pairs = annotations.Chunk(2)
            .Select(pair => $"{JsonSerializer.Serialize(pair[0])}:{JsonSerializer.Serialize(pair[1])}");
        string more = annotations.Length == 0 ? "" : $",\"annotations\":{{{string.Join(',', pairs)}}}";
        return $$"""{"mediaType":"{{image.MediaType}}","digest":"{{image.Digest}}","size":{{image.Size}}{{more}}}""";
    }

    internal static byte[] Index(params string[] entries) =>
        Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{string.Join(',', entries)}}]}""");

    /// <summary>The files below a folder.</summary>
    internal StoreFiles In(string folder)
    {
        var files = new StoreFiles();
        files.AddRange(this.Select(file => KeyValuePair.Create(folder + file.Key, file.Value)));
        return files;
    }

    internal void WriteFolder(string path)
    {
        foreach ((string name, byte[] content) in this)
        {
            string file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!name.EndsWith('/')) File.WriteAllBytes(file, content);
        }
    }

    internal byte[] ToTar(TarEntryFormat format = TarEntryFormat.Pax)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in this) tar.WriteEntry(Entry(format, name, content));
        }

        return stream.ToArray();
    }

    internal byte[] ToZip(CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in this)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, level);
                if (name.EndsWith('/')) continue;
                using Stream stored = entry.Open();
                stored.Write(content);
            }
        }

        return stream.ToArray();
    }

    internal static byte[] GZip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return stream.ToArray();
    }

    internal static byte[] Zstd(byte[] content, bool hasChecksum = false)
    {
        using var stream = new MemoryStream();
        using (var zstd = new ZstdSharp.CompressionStream(stream, leaveOpen: true))
        {
            zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, hasChecksum ? 1 : 0);
            zstd.Write(content);
        }

        return stream.ToArray();
    }

    private static TarEntry Entry(TarEntryFormat format, string name, byte[] content)
    {
        TarEntryType type = name.EndsWith('/') ? TarEntryType.Directory
            : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile
            : TarEntryType.RegularFile;
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
        if (type != TarEntryType.Directory) entry.DataStream = new MemoryStream(content);
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        return entry;
    }

    internal void AddBlobs(BuiltManifest image, Func<string, string> nameOf)
    {
        foreach (BuiltBlob blob in image.Blobs) this[nameOf(blob.Digest)] = blob.Content.ToArray();
        foreach (BuiltManifest child in image.Children) AddBlobs(child, nameOf);
        this[nameOf(image.Digest)] = image.Content.ToArray();
    }
}

using System.Formats.Tar;
using CsCheck;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Files;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;
using static MirrorValidate.Core.Tests.Validation.ResultAssert;
using TarEntry = MirrorValidate.Stores.Files.TarEntry;

namespace MirrorValidate.Core.Tests.Stores;

public sealed class TarTests
{
    private static readonly Gen<string> Names = Gen.String[Gen.Char["abcdefghij0123456789-_.é漢"], 1, 60]
        .Where(part => part.Trim('.').Length > 0).Array[1, 5].Select(parts => string.Join('/', parts));

    [Fact]
    public void Reads_what_TarWriter_writes()
    {
        Gen.Select(Gen.OneOfConst(TarEntryFormat.Pax, TarEntryFormat.Gnu), Gen.Select(Names, Gen.Byte.Array[0, 1500]).Array[1, 8]).Sample(
            (format, entries) =>
            {
                var files = new StoreFiles();
                foreach ((string name, byte[] content) in entries) files.Add(new(name, content));
                byte[] archive = files.ToTar(format);
                List<TarEntry> read = Scan(new MemoryStream(archive));
                Assert.Equal(entries.Select(entry => entry.Item1), read.Select(entry => entry.Name));
                foreach ((TarEntry entry, (_, byte[] content)) in read.Zip(entries))
                    Assert.Equal(content, archive[(int)entry.Offset..(int)(entry.Offset + entry.Length)]);
            },
            iter: 300);
    }

    [Fact]
    public void Never_does_more_than_refuse_what_is_broken()
    {
        byte[] archive = StoreFiles.Layout(SampleImages.Image("app"), "app:v1").ToTar();
        Gen.Select(Gen.Int[0, archive.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                byte[] broken = [.. archive];
                foreach ((int place, byte value) in changes) broken[place] = value;
                try
                {
                    Scan(new MemoryStream(broken));
                }
                catch (StoreException)
                {
                    // What it should do.
                }
            },
            iter: 3000);
    }

    [Theory]
    [InlineData("ustar", 0x1_0000_0000L)]
    [InlineData("base 256", 0x20_0000_0000L)]
    [InlineData("pax", 0x20_0000_0000L)]
    public void Sizes_beyond_octal_digits_are_read(string kind, long size)
    {
        byte[] header = TarBytes.Header("large", kind == "ustar" ? size : 0);
        if (kind == "base 256")
        {
            header.AsSpan(124, 12).Clear();
            header[124] = 0x80;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
            TarBytes.WriteChecksum(header);
        }

        if (kind == "pax")
        {
            byte[] record = System.Text.Encoding.ASCII.GetBytes($"21 size={size}\n");
            Assert.Equal(21, record.Length);
            byte[] extension = TarBytes.Header("pax", record.Length);
            extension[156] = (byte)'x';
            TarBytes.WriteChecksum(extension);
            header = [.. extension, .. record, .. new byte[512 - record.Length], .. header];
        }

        var scan = new TarScan(new MemoryStream(header), "x.tar", new StoreLimits());

        Assert.Equal(size, scan.Next()!.Length);
        Assert.Contains("cut off in or after large", Assert.Throws<StoreException>(() => scan.Next()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_byte_may_be_where_a_header_has_its_checksum()
    {
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            byte[] block = TarBytes.Header("file", 0);
            block[148] = (byte)value;
            // It is octal digits, and begins with a zero or a blank.
            Assert.Equal(value is '0' or ' ' or 0, TarHeader.IsHeader(block));
        }
    }

    [Fact]
    public async Task A_thousand_images_in_20_GB_are_indexed_by_their_headers_only()
    {
        await using StoreBed bed = await StoreBed.StartAsync();
        BuiltManifest[] images = [.. Enumerable.Range(0, 1000).Select(i => SampleImages.OciIndex($"app{i}", [ImagePlatform.LinuxAmd64]))];
        foreach (BuiltManifest image in images) image.PutInto(bed.Registry.Store, "library/app", image.Digest[7..20]);
        StoreFiles layout = StoreFiles.Layout([.. images.Select(image => (image, new[] { StoreFiles.RefName, $"app:{image.Digest[7..20]}" }))]);
        long length = WriteSparse(bed["large.tar"], layout, layers: 1000, layerSize: 20_000_000);
        Assert.True(length > 20_000_000_000);

        long read;
        using (var counted = new CountingStream(File.OpenRead(bed["large.tar"])))
        {
            Scan(counted);
            read = counted.Count;
        }

        // A header for each entry, and the two blocks at the end.
        Assert.Equal(512L * (layout.Count + 1000 + 2), read);
        bed.SourceStores = [bed["large.tar"]];
        MirrorImageResult[] results = await bed.ValidateAsync([.. images.Take(3).Select(image => $"app REG/library/app {image.Digest[7..20]}")]);
        Assert.All(results, Passed);
        Assert.All(results, result => Assert.Equal(2, result.RequestCount));
    }

    private static List<TarEntry> Scan(Stream archive)
    {
        var scan = new TarScan(archive, "x.tar", new StoreLimits());
        var entries = new List<TarEntry>();
        while (scan.Next() is { } entry) entries.Add(entry);
        return entries;
    }

    // The large files are holes, which take no space.
    private static long WriteSparse(string path, StoreFiles files, int layers, long layerSize)
    {
        using var stream = new FileStream(path, FileMode.CreateNew);
        for (int i = 0; i < layers; i++)
        {
            stream.Write(TarBytes.Header($"blobs/sha256/{i:x64}", layerSize));
            stream.Position += (layerSize + 511) / 512 * 512;
        }

        stream.Write(files.ToTar(TarEntryFormat.Ustar));
        return stream.Length;
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;
using static MirrorValidate.Core.Tests.Stores.DamageTests;

namespace MirrorValidate.Core.Tests.Stores;

/// <summary>Archives that are cut off, changed, or have lost an entry: never passed.</summary>
public sealed class ArchiveDamageTests
{
    private const string Line = "REG/library/app app v1";

    private static readonly BuiltManifest Image =
        SampleImages.OciIndex("app", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]);

    private static readonly StoreFiles Layout = StoreFiles.Layout(Image, "app:v1");
    private static readonly byte[] Tar = Layout.ToTar(TarEntryFormat.Ustar);

    [Theory]
    [InlineData("tar")]
    [InlineData("gz")]
    [InlineData("zst")]
    [InlineData("zst without checksum")]
    [InlineData("zip")]
    public async Task An_archive_that_is_cut_off_anywhere_is_no_store(string kind)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        byte[] archive = Archive(kind, Layout);
        bed.DestinationStores = [bed["archive"]];
        int step = kind == "tar" ? 128 : 41;
        for (int length = 0; length < archive.Length; length += length < archive.Length - 32 - step ? step : 1)
        {
            bed.Write("archive", archive[..length]);
            string outcome = await OutcomeAsync(bed, Line);
            bool isRefused = outcome.StartsWith("no store", StringComparison.Ordinal);
            Assert.True(isRefused, $"{length} of {archive.Length}: {outcome}");
        }
    }

    [Fact]
    public async Task A_tar_that_was_cut_off_before_it_was_compressed_is_no_store()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.DestinationStores = [bed["archive"]];
        for (int length = 256; length < Tar.Length; length += 256)
        {
            bed.Write("archive", StoreFiles.GZip(Tar[..length]));
            string outcome = await OutcomeAsync(bed, Line);
            Assert.StartsWith($"no store {bed["archive"]}: the archive is cut off", outcome, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_of_a_zip_that_is_listed_and_cannot_be_opened_is_an_error_at_depth_Blob()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Blob };
        byte[] zip = Layout.ToZip();
        string layer = $"blobs/{Image.Children[1].Blobs[1].Digest.Replace(':', '/')}";
        int name = zip.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(layer));
        // The signature of the header in front of the file, 30 bytes before its name.
        zip[name - 30] ^= 1;
        bed.DestinationStores = [bed.Write("archive", zip)];

        string outcome = await OutcomeAsync(bed, Line);

        Assert.StartsWith("Error MalformedManifest", outcome, StringComparison.Ordinal);
        Assert.Contains(layer, outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gz", "its gzip data is damaged, cut off, or followed by something else")]
    [InlineData("zst", "its zstd data is damaged or cut off")]
    public async Task The_end_of_compressed_data_is_told_with_the_last_entry(string kind, string problem)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        byte[] archive = Archive(kind, Layout);
        bed.DestinationStores = [bed["archive"]];
        foreach (byte[] damaged in new[] { archive[..^1], archive[..^4], [.. archive, 1, 2, 3, 4, 5] })
        {
            bed.Write("archive", damaged);
            string outcome = await OutcomeAsync(bed, Line);
            Assert.Contains($"{bed["archive"]}, in or after oci-layout: {problem}", outcome, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_flipped_byte_of_a_tar_passes_only_between_the_files()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.DestinationStores = [bed["archive"]];
        int start = 0;
        foreach ((string name, byte[] content) in Layout)
        {
            // Every field of the header, then the content, then what pads it.
            foreach (int place in Enumerable.Range(0, 512).Where(at => at % 5 == 0 || at is >= 124 and < 158))
                await IsAsync("no store", start + place, $"the header of {name}");
            foreach (int place in Places(content.Length))
                await IsAsync("", start + 512 + place, name);
            int end = start + 512 + ((content.Length + 511) / 512 * 512);
            if (end > start + 512 + content.Length) await IsAsync("Passed", end - 1, $"the padding of {name}");
            start = end;
        }

        Assert.Equal(Tar.Length - 1024, start);
        foreach (int place in new[] { 0, 511, 512, 1023 }) await IsAsync("no store", start + place, "the end");

        async Task IsAsync(string expected, int place, string what)
        {
            bed.Write("archive", Flipped(Tar, place));
            string outcome = await OutcomeAsync(bed, Line);
            bool isRight = expected.Length > 0
                ? outcome.StartsWith(expected, StringComparison.Ordinal)
                : !outcome.StartsWith("Passed", StringComparison.Ordinal);
            Assert.True(isRight, $"{what}, at {place}: {outcome}");
        }
    }

    [Theory]
    [InlineData("gz", 17)]
    [InlineData("gz in two members", 17)]
    [InlineData("zst", 17)]
    [InlineData("zip", 37)]
    public async Task A_flipped_byte_of_an_archive_passes_only_if_the_content_is_the_same(string kind, int step)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        byte[] archive = Archive(kind, Layout);
        bed.DestinationStores = [bed["archive"]];
        IEnumerable<int> places = Enumerable.Range(0, archive.Length)
            .Where(at => at % step == 0 || at < 16 || at >= archive.Length - 32);
        foreach (int place in places)
        {
            byte[] flipped = Flipped(archive, place);
            bed.Write("archive", flipped);
            string outcome = await OutcomeAsync(bed, Line);
            if (!outcome.StartsWith("Passed", StringComparison.Ordinal)) continue;
            bool isSame = kind == "zip"
                ? Layout.All(file => Unzipped(flipped, file.Key).AsSpan().SequenceEqual(file.Value))
                : Unpacked(kind, flipped).AsSpan().SequenceEqual(Tar);
            Assert.True(isSame, $"{place}: {outcome}");
        }
    }

    [Theory]
    [InlineData("tar")]
    [InlineData("gz")]
    [InlineData("zst")]
    [InlineData("zip")]
    public async Task An_entry_that_is_removed_is_found(string kind)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Blob };
        bed.DestinationStores = [bed["archive"]];
        foreach (string name in Layout.Select(file => file.Key))
        {
            var less = new StoreFiles();
            less.AddRange(Layout.Where(file => file.Key != name));
            bed.Write("archive", Archive(kind, less));
            string outcome = await OutcomeAsync(bed, Line);
            string expected = name.StartsWith("blobs/", StringComparison.Ordinal) ? "Failed" : "no store";
            Assert.True(outcome.StartsWith(expected, StringComparison.Ordinal), $"{name}: {outcome}");
            if (expected == "Failed") Assert.Contains(name, outcome, StringComparison.Ordinal);
        }
    }

    private static byte[] Archive(string kind, StoreFiles files)
    {
        byte[] tar = files.ToTar(TarEntryFormat.Ustar);
        return kind switch
        {
            "tar" => tar,
            "gz" => StoreFiles.GZip(tar),
            "gz in two members" => [.. StoreFiles.GZip(tar[..3000]), .. StoreFiles.GZip(tar[3000..])],
            "zst" => StoreFiles.Zstd(tar, hasChecksum: true),
            "zst without checksum" => StoreFiles.Zstd(tar),
            _ => files.ToZip(),
        };
    }

    private static byte[] Unpacked(string kind, byte[] archive)
    {
        using Stream content = kind == "zst"
            ? new ZstdSharp.DecompressionStream(new MemoryStream(archive))
            : new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        return ReadAll(content);
    }

    private static byte[] Unzipped(byte[] archive, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using Stream content = zip.GetEntry(name)!.Open();
        return ReadAll(content);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}

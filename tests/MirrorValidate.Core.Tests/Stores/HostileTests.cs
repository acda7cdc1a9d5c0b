using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Saving;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;
using static MirrorValidate.Core.Tests.Validation.ResultAssert;

namespace MirrorValidate.Core.Tests.Stores;

/// <summary>Stores that want to do harm: an error that names the entry, or right.</summary>
public sealed class HostileTests
{
    private const string Line = "REG/library/app app v1";
    private static readonly BuiltManifest Image = SampleImages.OciIndex("app", [ImagePlatform.LinuxAmd64]);
    private static readonly StoreFiles Layout = StoreFiles.Layout(Image, "app:v1");
    private static readonly string Layer = $"blobs/{Image.Children[0].Blobs[1].Digest.Replace(':', '/')}";

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("blobs/../../x")]
    [InlineData("/etc/passwd")]
    public async Task A_name_that_leads_out_of_an_archive_is_refused(string name)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        var files = new StoreFiles { [name] = "x"u8.ToArray() };
        files.AddRange(Layout);
        foreach (byte[] archive in new[] { files.ToTar(), files.ToZip(), StoreFiles.GZip(files.ToTar()) })
        {
            bed.DestinationStores = [bed.Write("archive", archive)];
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));
            Assert.Contains($"{name}: its name leads out of the archive", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["archive"], Directory.EnumerateFileSystemEntries(bed["."]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Two_entries_of_a_name_must_be_the_same()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        byte[] layer = Layout[Layer];
        var index = new KeyValuePair<string, byte[]>("index.json", StoreFiles.Index(StoreFiles.Entry(SampleImages.Image("x"), [])));
        bed.DestinationStores = [bed["archive"]];

        // hangar writes blobs twice.
        foreach (byte[] archive in Archives(new(Layer, layer)))
        {
            bed.Write("archive", archive);
            Passed(await bed.ValidateOneAsync(Line));
        }

        foreach (byte[] archive in Archives(new(Layer, new byte[layer.Length])))
        {
            bed.Write("archive", archive);
            Failed(ValidationReason.BlobDigestMismatch, "destination blob has another digest", await bed.ValidateOneAsync(Line));
        }

        foreach (byte[] archive in Archives(index))
        {
            bed.Write("archive", archive);
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));
            Assert.Contains("index.json: it is in the archive twice, with different content", e.Message, StringComparison.Ordinal);
        }

        static IEnumerable<byte[]> Archives(KeyValuePair<string, byte[]> second)
        {
            var before = new StoreFiles { second };
            before.AddRange(Layout);
            var after = new StoreFiles();
            after.AddRange(Layout);
            after.Add(second);
            return [before.ToTar(), after.ToTar(), after.ToZip(), StoreFiles.GZip(before.ToTar())];
        }
    }

    [Fact]
    public async Task Links_are_followed_in_the_store_and_refused_out_of_it()
    {
        if (OperatingSystem.IsWindows()) return;
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.DestinationStores = [bed.Write("store", Layout)];
        string layer = Path.Combine(bed["store"], Layer);

        Directory.CreateDirectory(Path.Combine(bed["store"], "kept"));
        File.Move(layer, Path.Combine(bed["store"], "kept/layer"));
        File.CreateSymbolicLink(layer, "../../kept/layer");
        Passed(await bed.ValidateOneAsync(Line));

        File.Move(Path.Combine(bed["store"], "kept/layer"), bed["outside"]);
        foreach (string target in new[] { "../../../outside", bed["outside"], "../../kept/../../outside" })
        {
            File.Delete(layer);
            File.CreateSymbolicLink(layer, target);
            Error(ValidationReason.MalformedManifest, $"{Layer}: it is a link that leads out of the store", await bed.ValidateOneAsync(Line));
        }

        // A folder that is a link, and links that lead in circles.
        File.Delete(layer);
        File.CreateSymbolicLink(layer, Path.GetFileName(layer));
        Error(ValidationReason.MalformedManifest, "it is a link that leads out of the store", await bed.ValidateOneAsync(Line));
        File.Delete(layer);
        File.CreateSymbolicLink(layer, Path.GetFileName(layer) + "/x");
        Error(ValidationReason.MalformedManifest, "it is a link that leads out of the store", await bed.ValidateOneAsync(Line));
        Directory.Move(Path.Combine(bed["store"], "blobs"), bed["blobs"]);
        Directory.CreateSymbolicLink(Path.Combine(bed["store"], "blobs"), bed["blobs"]);
        Error(ValidationReason.MalformedManifest, "it is a link that leads out of the store", await bed.ValidateOneAsync(Line));
    }

    [Fact]
    public async Task Links_of_an_archive_are_followed_in_it()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.DestinationStores = [bed["archive"]];
        bed.Write("archive", WithLink(TarEntryType.SymbolicLink, "../../kept/layer"));
        Passed(await bed.ValidateOneAsync(Line));
        bed.Write("archive", WithLink(TarEntryType.HardLink, "kept/layer"));
        Passed(await bed.ValidateOneAsync(Line));
        bed.Write("archive", WithLink(TarEntryType.SymbolicLink, "../../../../etc/passwd"));
        Error(ValidationReason.MalformedManifest, $"{Layer}: it is a link that leads out of the store", await bed.ValidateOneAsync(Line));
        bed.Write("archive", WithLink(TarEntryType.SymbolicLink, Path.GetFileName(Layer)));
        Error(ValidationReason.MalformedManifest, $"{Layer}: it is a link that leads back to itself", await bed.ValidateOneAsync(Line));

        static byte[] WithLink(TarEntryType type, string target)
        {
            var files = new StoreFiles { ["kept/layer"] = Layout[Layer] };
            files.AddRange(Layout.Where(file => file.Key != Layer));
            using var stream = new MemoryStream();
            stream.Write(files.ToTar().AsSpan()[..^1024]);
            using (var tar = new TarWriter(stream, leaveOpen: true)) tar.WriteEntry(new PaxTarEntry(type, Layer) { LinkName = target });
            return stream.ToArray();
        }
    }

    [Fact]
    public async Task A_pipe_in_place_of_a_file_does_not_block()
    {
        if (OperatingSystem.IsWindows()) return;
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.DestinationStores = [bed.Write("store", Layout)];
        string layer = Path.Combine(bed["store"], Layer);
        File.Delete(layer);
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", layer)) await mkfifo.WaitForExitAsync();

        Failed(ValidationReason.BlobSizeMismatch, "destination blob has another size", await bed.ValidateOneAsync(Line));
        bed.DestinationStores = [layer];
        await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));
    }

    [Theory]
    [InlineData("S")]
    [InlineData("pax")]
    public async Task A_sparse_entry_is_refused_by_name(string kind)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        byte[] archive;
        if (kind == "S")
        {
            archive = Layout.ToTar(TarEntryFormat.Ustar);
            archive[156] = (byte)'S';
            TarBytes.WriteChecksum(archive.AsSpan()[..512]);
        }
        else
        {
            using var stream = new MemoryStream();
            using (var tar = new TarWriter(stream, leaveOpen: true))
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Layout[0].Key, new Dictionary<string, string> { ["GNU.sparse.major"] = "1" }));
            }

            archive = stream.ToArray();
        }

        bed.DestinationStores = [bed.Write("archive", archive)];
        StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));
        Assert.Contains($"{Layout[0].Key}: it is a sparse entry", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_ends_with_an_error()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.Limits = new StoreLimits { FreeExpansion = 1024 * 1024, Expansion = 20 };
        var files = new StoreFiles { ["bomb"] = new byte[32 * 1024 * 1024] };
        files.AddRange(Layout);
        foreach (byte[] archive in new[] { StoreFiles.GZip(files.ToTar()), StoreFiles.Zstd(files.ToTar()) })
        {
            bed.DestinationStores = [bed.Write("archive", archive)];
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));
            Assert.Contains("bytes expand to more than", e.Message, StringComparison.Ordinal);
        }

        // Of an entry of a zip no more is read than is looked for.
        bed.DestinationStores = [bed.Write("archive", files.ToZip(CompressionLevel.Optimal))];
        Passed(await bed.ValidateOneAsync(Line));
        files[Layer] = new byte[32 * 1024 * 1024];
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.Write("archive", files.ToZip(CompressionLevel.Optimal));
        Failed(ValidationReason.BlobSizeMismatch, "destination blob has another size", await bed.ValidateOneAsync(Line));
    }

    [Fact]
    public async Task Limits_name_what_is_over_them()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.DestinationStores = [bed.Write("archive", Layout.ToTar())];
        await IsRefusedAsync(new StoreLimits { IndexSize = 50 }, "index.json: it has");
        await IsRefusedAsync(new StoreLimits { Images = 0 }, "index.json: the manifests has 1 elements, more than 0");
        await IsRefusedAsync(new StoreLimits { Entries = 3 }, "the archive has more than 3 entries");
        bed.DestinationStores = [bed.Write("archive", Layout.In(new string('x', 900) + "/").ToTar())];
        await IsRefusedAsync(new StoreLimits { HeaderSize = 100 }, "a header at its start has more than 100 bytes");
        bed.DestinationStores = [bed.Write("archive", StoreFiles.GZip(Layout.ToTar()))];
        await IsRefusedAsync(new StoreLimits { SpoolSize = 100 }, "the manifests and configs in it have more than 100 bytes");

        async Task IsRefusedAsync(StoreLimits limits, string problem)
        {
            bed.Limits = limits;
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));
            Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hundred_thousand_entries_are_right()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        using var stream = new MemoryStream();
        byte[] header = TarBytes.Header("junk/000000", 0);
        for (int i = 0; i < 100_000; i++)
        {
            Encoding.ASCII.GetBytes($"{i:000000}").CopyTo(header, 5);
            TarBytes.WriteChecksum(header);
            stream.Write(header);
        }

        stream.Write(Layout.ToTar());
        bed.DestinationStores = [bed.Write("archive", stream.ToArray())];

        Passed(await bed.ValidateOneAsync(Line));
    }

    [Fact]
    public async Task Indexes_that_list_each_other_many_levels_deep_are_read_once()
    {
        // Twelve ways at each of seven levels.
        BuiltManifest[] level = [SampleImages.Image("app", ImageFormat.Oci)];
        string[] below = [StoreFiles.Entry(level[0], [])];
        List<BuiltManifest> all = [level[0]];
        for (int depth = 0; depth < 7; depth++)
        {
            level =
            [
                .. Enumerable.Range(0, 12).Select(way => new BuiltManifest(
                    "application/vnd.oci.image.index.v1+json",
                    StoreFiles.Index([.. below, .. Enumerable.Repeat(below[0], way)]))),
            ];
            below = [.. level.Select(index => StoreFiles.Entry(index, []))];
            all.AddRange(level);
        }

        await using StoreBed bed = await StoreBed.StartAsync();
        bed.Write(
            "store",
            StoreFiles.Layout(
                [.. all.Select(one => (one, new[] { StoreFiles.RefName, one == level[0] ? "app:v1" : "" }))]));
        foreach (BuiltManifest one in all)
            one.PutInto(bed.Registry.Store, "library/app", one == level[0] ? "v1" : null);
        using var catalog = new StoreCatalog(bed["."], new StoreLimits());
        var store = await catalog.OpenAsync("store", bed["store"], default);

        var inspection = new StoreInspection(store, new StoreContents(new RegistryLimits()));
        (_, bool isComplete) = await inspection.RunAsync(store.Images.Single(image => image.Name is not null), default);
        SavedSource saved = Assert.Single(await SavingTests.SaveAsync(bed, "saved", ["REG/library/app v1"]));

        Assert.True(isComplete);
        Assert.Equal("Saved", saved.Status);
        // The index itself, six levels below it, the image and its config.
        Assert.Equal(1 + (6 * 12) + 2, saved.RequestCount);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"schemaVersion":1,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[{}]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[{"mediaType":"a/b","digest":"sha256:../../../etc/passwd","size":1}]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"Manifests":[]}""")]
    public async Task An_index_that_is_malformed_is_told_by_name(string index)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        var files = new StoreFiles();
        files.AddRange(Layout);
        files["index.json"] = Encoding.UTF8.GetBytes(index);
        bed.DestinationStores = [bed.Write("store", files)];

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync(Line));

        Assert.StartsWith($"{bed["store"]}: index.json: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_of_what_was_decompressed_however_the_process_ends()
    {
        using var spool = new Spool("x.tar.gz", limit: 100);
        spool.Add("content"u8);

        // An open file needs no name, except on Windows, which removes it when it is closed.
        if (!OperatingSystem.IsWindows()) Assert.False(File.Exists(spool.Path));
        spool.Dispose();
        Assert.False(File.Exists(spool.Path));
    }
}

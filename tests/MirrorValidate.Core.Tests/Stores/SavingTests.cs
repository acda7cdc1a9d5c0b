using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Registries;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Saving;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;
using static MirrorValidate.Core.Tests.Validation.ResultAssert;

namespace MirrorValidate.Core.Tests.Stores;

public sealed class SavingTests
{
    private static readonly BuiltManifest Image = SampleImages.OciIndex("app", attestations: true);

    [Theory]
    [InlineData("store")]
    [InlineData("store.tar")]
    [InlineData("store.tar.gz")]
    public async Task What_was_saved_takes_the_place_of_the_source(string target)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        BuiltManifest sbom = ArtifactBuilder.Referrer(Image, "application/spdx+json");
        BuiltManifest signature = ArtifactBuilder.CosignSignature(Image.Children[0]);
        sbom.PutInto(bed.Registry.Store, "library/app", tag: null);
        signature.PutInto(bed.Registry.Store, "library/app", ArtifactBuilder.CosignTag(Image.Children[0]));
        SampleImages.Schema1("old", "library/app", "v0").PutInto(bed.Registry.Store, "library/app", "v0");
        SampleImages.Image("single").PutInto(bed.Registry.Store, "library/app", "v2");
        await using EmbeddedRegistry mirror = await EmbeddedRegistry.StartAsync();
        Image.PutInto(mirror.Store, "mirror/app", "v1");
        SampleImages.Wrapped(SampleImages.Image("single")).PutInto(mirror.Store, "mirror/app", "v2");
        string[] lines = [$"REG/library/app {mirror.Host}/mirror/app v1", $"REG/library/app {mirror.Host}/mirror/app v2"];

        SavedSource[] saved = await SaveAsync(bed, target, [.. lines, "REG/library/app v0"], includeReferrer: true);
        Assert.All(saved, one => Assert.Equal(("Saved", "None", ""), (one.Status, one.Reason, one.Message)));
        Assert.Equal(Image.Digest, saved[0].Digest);
        Assert.True(saved[0].Bytes > Image.Size);

        await bed.Registry.DisposeAsync();
        bed.SourceStores = [bed[target]];
        bed.With = options => options with { Depth = ValidationDepth.Content, IncludeAttestation = true };
        Assert.All(await bed.ValidateAsync(lines), Passed);
        bed.With = options => options with { IncludeReferrer = true };
        MirrorImageResult lacking = await bed.ValidateOneAsync(lines[0]);
        Failed(ValidationReason.SignatureMissing, "destination lacks", lacking);
        Assert.Equal(["SbomMissing", "SignatureMissing"], lacking.Differences.Select(one => one.Kind).Order());
        sbom.PutInto(mirror.Store, "mirror/app", tag: null);
        signature.PutInto(mirror.Store, "mirror/app", ArtifactBuilder.CosignTag(Image.Children[0]));
        Passed(await bed.ValidateOneAsync(lines[0]));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("store.tar")]
    [InlineData("store.tar.gz")]
    public async Task Saved_again_it_adds_what_is_new_and_keeps_the_rest(string target)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        await SaveAsync(bed, target, ["REG/library/app v1"]);

        BuiltManifest other = SampleImages.OciIndex("other");
        other.PutInto(bed.Registry.Store, "library/other", "v1");
        SavedSource[] saved = await SaveAsync(bed, target, ["REG/library/app v1", "REG/library/other v1"]);
        Assert.Equal([true, false], saved.Select(one => one.Bytes == 0));

        // A tag that has moved.
        other.PutInto(bed.Registry.Store, "library/app", "v1");
        saved = await SaveAsync(bed, target, ["REG/library/app v1"]);
        Assert.Equal((other.Digest, 0L), (saved[0].Digest, saved[0].Bytes));

        bed.SourceStores = [bed[target]];
        Assert.All(await bed.ValidateAsync("REG/library/app REG/library/app v1", "REG/library/other REG/library/other v1"), Passed);
        Assert.Equal([target], Directory.EnumerateFileSystemEntries(bed["."]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("store.tar")]
    [InlineData("store.tar.gz")]
    public async Task A_run_that_does_not_end_leaves_what_was_there(string target)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        using (SparseLayout layout = await SparseLayout.BeginAsync(target, bed[target], new StoreLimits(), default))
            await SaveAsync(bed, layout, "REG/library/app v1");
        Assert.Empty(Directory.EnumerateFileSystemEntries(bed["."]));

        await SaveAsync(bed, target, ["REG/library/app v1"]);
        Dictionary<string, byte[]> before = Files(bed);
        SampleImages.OciIndex("new").PutInto(bed.Registry.Store, "library/app", "v1");
        using (SparseLayout layout = await SparseLayout.BeginAsync(target, bed[target], new StoreLimits(), default))
            await SaveAsync(bed, layout, "REG/library/app v1");
        Assert.Equal(before, Files(bed));
    }

    [Theory]
    [InlineData("store.tar", false)]
    [InlineData("store.tar.gz", true)]
    [InlineData("store.TGZ", true)]
    public async Task Its_name_says_whether_an_archive_is_compressed(string target, bool isCompressed)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        await SaveAsync(bed, target, ["REG/library/app v1"]);
        // RFC 1952, section 2.3.1.
        Assert.Equal(isCompressed, File.ReadAllBytes(bed[target]).AsSpan().StartsWith<byte>([0x1F, 0x8B]));
    }

    [Fact]
    public async Task What_is_there_is_verified_and_nothing_else_is_overwritten()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        await SaveAsync(bed, "store", ["REG/library/app v1"]);
        string child = Path.Combine(bed["store"], "blobs", Image.Children[0].Digest.Replace(':', '/'));
        byte[] content = File.ReadAllBytes(child);
        content[5] ^= 1;
        File.WriteAllBytes(child, content);
        await IsRefusedAsync("store", "its content has the digest");
        await SaveAsync(bed, "lost", ["REG/library/app v1"]);
        File.Delete(Path.Combine(bed["lost"], "blobs", Image.Digest.Replace(':', '/')));
        await IsRefusedAsync("lost", $"there is no blobs/{Image.Digest.Replace(':', '/')}");

        bed.Write("carried", StoreFiles.Layout(Image, "app:v1"));
        await IsRefusedAsync("carried", "there is a store that Save-MirrorSource has not written");
        bed.Write("letters", new StoreFiles { ["letter.txt"] = "x"u8.ToArray() });
        await IsRefusedAsync("letters", "there is no store in it");

        async Task IsRefusedAsync(string target, string problem)
        {
            StoreException e = await Assert.ThrowsAsync<StoreException>(
                () => SparseLayout.BeginAsync(target, bed[target], new StoreLimits(), default));
            Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_error_of_its_entry_and_not_in_the_store()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        Image.PutInto(bed.Registry.Store, "library/good", "v1");
        bed.Registry.Faults.Add(new Fault { Path = $"/v2/library/app/manifests/{Image.Children[1].Digest}", Status = 500 });

        SavedSource[] saved = await SaveAsync(bed, "store", ["REG/library/app v1", "REG/library/app v9", "too many fields in a line", "REG/library/good v1"]);

        Assert.Equal(["RegistryUnavailable", "SourceNotFound", "InvalidLine", "None"], saved.Select(one => one.Reason));
        Assert.Equal(["Error", "Error", "Error", "Saved"], saved.Select(one => one.Status));
        bed.SourceStores = [bed["store"]];
        Error(ValidationReason.SourceNotFound, "there is no image", await bed.ValidateOneAsync("REG/library/app REG/library/app v1"));
        Passed(await bed.ValidateOneAsync("REG/library/good REG/library/good v1"));
    }

    [Fact]
    public async Task A_pinned_tag_is_saved_with_what_it_points_to()
    {
        BuiltManifest moved = SampleImages.OciIndex("moved");
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        moved.PutInto(bed.Registry.Store, "library/app", "v1");
        await SaveAsync(bed, "store", [$"REG/library/app:v1@{Image.Digest}"]);

        bed.SourceStores = [bed["store"]];
        string line = $"REG/library/app REG/library/app v1@{Image.Digest}";
        MirrorImageResult result = await bed.ValidateOneAsync(line);

        Failed(ValidationReason.TagDrift, "destination tag \"v1\" points to", result);
        Assert.Contains("points to another one at the source, and points to another one at the destination", Assert.Single(result.Differences).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_a_destination_it_is_told_to_be_sparse()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        await SaveAsync(bed, "store.tar", ["REG/library/app v1"]);
        bed.DestinationStores = [bed["store.tar"]];
        bed.With = options => options with { Depth = ValidationDepth.Blob };

        MirrorImageResult result = await bed.ValidateOneAsync("REG/library/app v1");

        Failed(ValidationReason.BlobMissing, "destination blob does not exists", result);
        Assert.Contains("the store is sparse: it was saved without layers", result.Message, StringComparison.Ordinal);
    }

    internal static async Task<SavedSource[]> SaveAsync(
        StoreBed bed, string target, string[] lines, bool includeReferrer = false)
    {
        using SparseLayout layout = await SparseLayout.BeginAsync(target, bed[target], new StoreLimits(), default);
        SavedSource[] saved = await SaveAsync(bed, layout, includeReferrer, lines);
        await layout.CompleteAsync(default);
        return saved;
    }

    private static Task<SavedSource[]> SaveAsync(StoreBed bed, SparseLayout layout, params string[] lines) => SaveAsync(bed, layout, includeReferrer: false, lines);

    private static async Task<SavedSource[]> SaveAsync(StoreBed bed, SparseLayout layout, bool includeReferrer, string[] lines)
    {
        using var catalog = new StoreCatalog(bed["."], new StoreLimits());
        var saver = new SourceSaver(
            await bed.ReaderAsync(RegistrySide.Source, [], catalog), layout, new SavingOptions { IncludeReferrer = includeReferrer }, NullLogSink.Instance);
        var saved = new List<SavedSource>();
        foreach (string line in lines)
        {
            string text = line.Replace("REG", bed.Registry.Host, StringComparison.Ordinal);
            saved.Add(await saver.SaveAsync(ImageListEntry.Read(1, new ImageListLine(text, 1, Path: null)), default));
        }

        return [.. saved];
    }

    private static Dictionary<string, byte[]> Files(StoreBed bed) => Directory
        .EnumerateFiles(bed["."], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .ToDictionary(file => file, File.ReadAllBytes);
}

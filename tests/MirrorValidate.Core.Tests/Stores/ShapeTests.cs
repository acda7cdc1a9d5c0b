using System.Formats.Tar;
using System.IO.Compression;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Stores;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;
using static MirrorValidate.Core.Tests.Validation.ResultAssert;

namespace MirrorValidate.Core.Tests.Stores;

/// <summary>Every shape, as source and as destination, down to the content of the layers.</summary>
public sealed class ShapeTests
{
    private static readonly BuiltManifest Image = SampleImages.OciIndex("app", attestations: true);
    private static readonly StoreFiles Layout = StoreFiles.Layout(Image, "app:v1");
    private static readonly byte[] Tar = Layout.ToTar();

    public static TheoryData<string, byte[]> Archives => new()
    {
        { "pax", Layout.ToTar() },
        { "gnu", Layout.ToTar(TarEntryFormat.Gnu) },
        { "ustar", Layout.ToTar(TarEntryFormat.Ustar) },
        { "v7", Layout.ToTar(TarEntryFormat.V7) },
        { "under ./", Layout.In("./").ToTar() },
        { "in a folder", Layout.In("images/").ToTar() },
        { "long names", Layout.In(new string('x', 200) + "/").ToTar(TarEntryFormat.Gnu) },
        { "long names, pax", Layout.In(new string('x', 300) + "/").ToTar() },
        { "gzip", StoreFiles.GZip(Layout.ToTar()) },
        { "gzip in two members", [.. StoreFiles.GZip(Tar[..3000]), .. StoreFiles.GZip(Tar[3000..])] },
        { "zstd", StoreFiles.Zstd(Layout.ToTar()) },
        { "zip", Layout.ToZip() },
        { "deflated zip", Layout.ToZip(CompressionLevel.Optimal) },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task A_layout_in_an_archive_proves_everything(string name, byte[] archive)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        string store = bed.Write("archive", archive);
        bed.With = options => options with { Depth = ValidationDepth.Content, IncludeAttestation = true };

        bed.SourceStores = [store];
        MirrorImageResult asSource = await bed.ValidateOneAsync("app REG/library/app v1");
        Assert.True(asSource.Status == "Passed", $"{name}: {asSource}");
        Assert.Equal(nameof(ValidationDepth.Content), asSource.Proof.Level);

        (bed.SourceStores, bed.DestinationStores) = ([], [store]);
        MirrorImageResult asDestination = await bed.ValidateOneAsync("REG/library/app app v1");
        Assert.True(asDestination.Status == "Passed", $"{name}: {asDestination}");
        Assert.Equal(asSource.Proof.ToString(), asDestination.Proof.ToString());
        Assert.Equal(1, asDestination.RequestCount);

        bed.SourceStores = [store];
        Assert.Equal(0, (await bed.ValidateOneAsync("app app v1")).RequestCount);
    }

    [Fact]
    public async Task A_folder_of_skopeo_is_compared_byte_for_byte_and_says_what_it_cannot_prove()
    {
        BuiltManifest image = SampleImages.DockerList("app");
        await using StoreBed bed = await StoreBed.StartAsync(image);
        string store = bed.Write("folder", StoreFiles.SkopeoFolder(image));
        bed.With = options => options with { Depth = ValidationDepth.Content };

        foreach (string line in new[] { "dir:folder REG/library/app v1", "REG/library/app dir:folder v1" })
        {
            MirrorImageResult result = await bed.ValidateOneAsync(line);
            Assert.Equal("Passed", result.Status);
            Assert.Contains("keeps no digest of manifest.json", result.Message, StringComparison.Ordinal);
            Assert.Equal(image.Digest, result.SourceDigest);
        }

        bed.SourceStores = [$"docker.io/library/app:v1={store}"];
        Assert.Equal("Passed", (await bed.ValidateOneAsync("app REG/library/app v1")).Status);
    }

    [Fact]
    public async Task A_tree_of_skopeo_sync_has_its_names_in_its_folders()
    {
        BuiltManifest image = SampleImages.DockerList("app");
        await using StoreBed bed = await StoreBed.StartAsync(image);
        var scoped = new StoreFiles();
        scoped.AddRange(StoreFiles.SkopeoFolder(image, "r.example.com:5000/a/app:v1/"));
        scoped.AddRange(StoreFiles.SkopeoFolder(SampleImages.DockerList("b"), "r.example.com:5000/b/app:v1/"));
        var bare = new StoreFiles();
        bare.AddRange(StoreFiles.SkopeoFolder(image, "app:v1/"));
        bare.AddRange(StoreFiles.SkopeoFolder(SampleImages.DockerList("b"), "other:v1/"));
        bed.With = options => options with { Depth = ValidationDepth.Content };

        foreach (string store in new[] { bed.Write("scoped", scoped), bed.Write("bare", bare), bed.Write("scoped.tar", scoped.ToTar()) })
        {
            bed.SourceStores = [store];
            MirrorImageResult[] results = await bed.ValidateAsync("r.example.com:5000/a/app REG/library/app v1", "r.example.com:5000/b/other REG/library/app v1");
            Assert.Equal("Passed", results[0].Status);
            Assert.NotEqual("Passed", results[1].Status);
        }
    }

    [Fact]
    public async Task A_damaged_copy_in_one_folder_of_a_tree_is_found()
    {
        BuiltManifest image = SampleImages.DockerList("app");
        await using StoreBed bed = await StoreBed.StartAsync(image);
        var tree = new StoreFiles();
        tree.AddRange(StoreFiles.SkopeoFolder(image, "app:v1/"));
        tree.AddRange(StoreFiles.SkopeoFolder(image, "other:v1/"));
        string layer = image.Children[0].Blobs[1].Digest[7..];
        tree["other:v1/" + layer] = new byte[image.Children[0].Blobs[1].Size];
        bed.DestinationStores = [bed.Write("tree", tree)];
        bed.With = options => options with { Depth = ValidationDepth.Content };

        MirrorImageResult result = await bed.ValidateOneAsync("REG/library/app app v1");

        Assert.Equal(nameof(ValidationReason.BlobDigestMismatch), result.Reason);
        Assert.Contains($"other:v1/{layer}", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_of_hangar_is_compared_platform_by_platform_and_says_so()
    {
        BuiltManifest image = SampleImages.DockerList("app");
        await using StoreBed bed = await StoreBed.StartAsync(image);
        StoreFiles files = StoreFiles.Hangar(image, "docker.io/library/app", "v1");
        bed.With = options => options with { Depth = ValidationDepth.Content };
        string store = bed.Write("saved.zip", files.ToZip());

        bed.SourceStores = [store];
        MirrorImageResult result = await bed.ValidateOneAsync("app REG/library/app v1");
        Assert.Equal("Passed", result.Status);
        Assert.Contains("compared platform by platform", result.Message, StringComparison.Ordinal);
        Assert.Equal(("", "", 4), (result.SourceDigest, result.SourceMediaType, result.SourceSpec.Count));
        Assert.Equal("SourceNotFound", (await bed.ValidateOneAsync($"app REG/library/app {image.Digest}")).Reason);

        bed.With = options => options with { Comparison = ComparisonMode.Digest };
        Assert.Equal("Error", (await bed.ValidateOneAsync("app REG/library/app v1")).Status);

        bed.With = options => options with { Depth = ValidationDepth.Content };
        (bed.SourceStores, bed.DestinationStores) = ([], [store]);
        Assert.Equal("Passed", (await bed.ValidateOneAsync("REG/library/app app v1")).Status);

        // What it has lost.
        string child = image.Children[1].Digest[7..];
        files.RemoveAll(file => file.Key == $"share/sha256/{child}");
        bed.Write("saved.zip", files.ToZip());
        Assert.Equal(nameof(ValidationReason.DestinationManifestMissing), (await bed.ValidateOneAsync("REG/library/app app v1")).Reason);
        (bed.SourceStores, bed.DestinationStores) = ([store], []);
        result = await bed.ValidateOneAsync("app REG/library/app v1");
        Assert.Equal(("Error", "MalformedManifest"), (result.Status, result.Reason));
        Assert.Contains($"share/sha256/{child}", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_of_one_image_may_lie_in_several_stores()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        var one = new StoreFiles();
        one.AddRange(Layout);
        KeyValuePair<string, byte[]> moved = one.Find(file => file.Key.EndsWith(Image.Children[0].Blobs[1].Digest[7..], StringComparison.Ordinal));
        one.Remove(moved);
        var two = StoreFiles.Layout(SampleImages.OciIndex("other"), "other:v1");
        two.Add(moved);
        bed.With = options => options with { Depth = ValidationDepth.Content };

        bed.DestinationStores = [bed.Write("one", one), bed.Write("two.tar", two.ToTar())];
        Passed(await bed.ValidateOneAsync("REG/library/app app v1"));

        bed.DestinationStores = [bed["one"]];
        Failed(ValidationReason.BlobMissing, "destination blob does not exists", await bed.ValidateOneAsync("REG/library/app app v1"));
        Assert.Contains(moved.Key, (await bed.ValidateOneAsync("REG/library/app app v1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Referrers_lie_beside_their_image_in_the_index()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        BuiltManifest sbom = ArtifactBuilder.Referrer(Image, "application/spdx+json");
        sbom.PutInto(bed.Registry.Store, "library/app", tag: null);
        StoreFiles with = StoreFiles.Layout((Image, [StoreFiles.RefName, "app:v1"]), (sbom, []));
        bed.With = options => options with { IncludeReferrer = true };

        bed.DestinationStores = [bed.Write("with", with)];
        Passed(await bed.ValidateOneAsync("REG/library/app app v1"));
        bed.DestinationStores = [bed.Write("without", Layout)];
        Failed(ValidationReason.SbomMissing, "destination lacks", await bed.ValidateOneAsync("REG/library/app app v1"));

        (bed.SourceStores, bed.DestinationStores) = ([bed["with"]], []);
        Passed(await bed.ValidateOneAsync("app REG/library/app v1"));
        bed.Registry.Store.DeleteManifest("library/app", sbom.Digest);
        Failed(ValidationReason.SbomMissing, "destination lacks", await bed.ValidateOneAsync("app REG/library/app v1"));
    }

    [Fact]
    public async Task What_skopeo_converted_is_told_as_converted()
    {
        BuiltManifest docker = SampleImages.Image("app");
        BuiltManifest oci = SampleImages.Image("app", ImageFormat.Oci);
        await using StoreBed bed = await StoreBed.StartAsync(docker);
        bed.DestinationStores = [bed.Write("store", StoreFiles.Layout(oci, "app:v1"))];
        bed.With = options => options with { Explain = true, Comparison = ComparisonMode.Platform };

        MirrorImageResult result = await bed.ValidateOneAsync("REG/library/app app v1");

        Assert.Equal(nameof(ValidationReason.DigestMismatch), result.Reason);
        Assert.Equal("MediaTypeConverted", Assert.Single(result.Differences).Kind);
    }

    [Theory]
    [InlineData("docker-archive", "manifest.json", """[{"Config":"x.json","RepoTags":["app:v1"],"Layers":["x/layer.tar"]}]""", "a docker-archive")]
    [InlineData("image-tools", "saved-image-cache/saved-images-list.json", "{}", "an archive of image-tools")]
    [InlineData("nothing", "readme.txt", "hello", "only readme.txt; what is read is")]
    [InlineData("no index", "oci-layout", """{"imageLayoutVersion":"1.0.0"}""", "index.json is missing")]
    [InlineData("new version", "oci-layout", """{"imageLayoutVersion":"2.0.0"}""", "its imageLayoutVersion is \"2.0.0\"")]
    public async Task What_is_no_store_is_told_with_what_was_found(string name, string file, string content, string problem)
    {
        await using StoreBed bed = await StoreBed.StartAsync();
        var files = new StoreFiles { [file] = System.Text.Encoding.UTF8.GetBytes(content) };
        foreach (string store in new[] { bed.Write("folder", files), bed.Write("tar", files.ToTar()), bed.Write("gz", StoreFiles.GZip(files.ToTar())) })
        {
            bed.SourceStores = [store];
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync());
            Assert.True(e.Message.Contains(problem, StringComparison.Ordinal), $"{name}: {e.Message}");
            Assert.StartsWith(store, e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("a list of images", "a text file")]
    [InlineData("\u0001\u0002\u0003", "010203")]
    public async Task A_file_that_is_no_archive_is_told_by_what_it_begins_with(string content, string found)
    {
        await using StoreBed bed = await StoreBed.StartAsync();
        bed.SourceStores = [bed.Write("file", System.Text.Encoding.UTF8.GetBytes(content))];

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => bed.ValidateAsync());

        Assert.Contains(found, e.Message, StringComparison.Ordinal);
        Assert.Contains("an OCI image layout", e.Message, StringComparison.Ordinal);
    }
}

using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;
using static MirrorValidate.Core.Tests.Validation.ResultAssert;

namespace MirrorValidate.Core.Tests.Stores;

public sealed class NameTests
{
    private static readonly BuiltManifest Image = SampleImages.OciIndex("app");
    private static readonly BuiltManifest Other = SampleImages.OciIndex("other");

    [Theory]
    [InlineData("docker.io/library/app v1", StoreFiles.ContainerdName, "docker.io/library/app:v1", StoreFiles.RefName, "v1")]
    [InlineData("app v1", StoreFiles.RefName, "docker.io/library/app:v1")]
    [InlineData("docker.io/app v1", StoreFiles.RefName, "app:v1")]
    [InlineData("index.docker.io/library/app v1", StoreFiles.ContainerdName, "docker.io/library/app:v1")]
    [InlineData("r.example.com:5000/a/b v1", StoreFiles.RefName, "r.example.com:5000/a/b:v1")]
    [InlineData("app latest", StoreFiles.ContainerdName, "docker.io/library/app")]
    [InlineData("app v1", StoreFiles.ContainerdName, "not a name", StoreFiles.RefName, "app:v1")]
    public async Task Finds_an_image_by_what_the_store_calls_it(string wanted, params string[] annotations)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.SourceStores = [bed.Write("store", StoreFiles.Layout((Image, annotations), (Other, [StoreFiles.RefName, "app:v2"])))];

        MirrorImageResult result = await bed.ValidateOneAsync(wanted.Replace(" ", " REG/library/app ").Replace("latest", "latest=v1"));

        Passed(result);
        Assert.Equal(Image.Digest, result.SourceDigest);
    }

    [Fact]
    public async Task A_bare_tag_is_of_the_repository_that_the_store_is_bound_to()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        string store = bed.Write("store", StoreFiles.Layout((Image, [StoreFiles.RefName, "v1"])));

        bed.SourceStores = ["docker.io/library/app=" + store];
        Passed(await bed.ValidateOneAsync("app REG/library/app v1"));
        Error(ValidationReason.SourceNotFound, "there is no image docker.io/library/other:v1", await bed.ValidateOneAsync("other REG/library/app v1"));

        bed.SourceStores = [store];
        Error(ValidationReason.AmbiguousReference, $"write docker.io/library/app={store}", await bed.ValidateOneAsync("app REG/library/app v1"));
    }

    [Fact]
    public async Task The_tags_of_a_repository_are_those_of_its_images_in_all_stores()
    {
        await using StoreBed bed = await StoreBed.StartAsync();
        string one = bed.Write("one", StoreFiles.Layout((Image, [StoreFiles.RefName, "app:v1"]), (Other, [StoreFiles.RefName, "other:v7"])));
        string two = bed.Write("two", StoreFiles.Layout((Other, [StoreFiles.RefName, "docker.io/library/app:v2"]), (Image, [StoreFiles.RefName, "app:v1"])));
        string bare = bed.Write("bare", StoreFiles.Layout((Image, [StoreFiles.RefName, "v3"])));

        bed.SourceStores = [one, two, "docker.io/library/app=" + bare];
        Assert.Equal("v1 v2 v3", await bed.TagsOfAsync("app"));
        RegistryException fault = await Assert.ThrowsAsync<RegistryException>(() => bed.TagsOfAsync("quay.io/app"));
        Assert.Equal(RegistryFault.NotFound, fault.Fault);
        Assert.EndsWith("there is no image of quay.io/app in it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_does_not_say_is_no_proof_that_the_destination_lacks_it()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.DestinationStores = [bed.Write("store", StoreFiles.Layout((Image, [StoreFiles.RefName, "v1"])))];

        Error(ValidationReason.AmbiguousReference, "does not say of which repository", await bed.ValidateOneAsync("REG/library/app app v1"));
        Failed(ValidationReason.DestinationNotFound, "destination manifest does not exists", await bed.ValidateOneAsync("REG/library/app app v1=v2"));
    }

    [Fact]
    public async Task A_name_of_two_digests_is_ambiguous_also_over_two_stores()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        string one = bed.Write("one", StoreFiles.Layout((Image, [StoreFiles.RefName, "app:v1"]), (Other, [StoreFiles.ContainerdName, "docker.io/library/app:v1"])));
        string two = bed.Write("two", StoreFiles.Layout(Other, "app:v1"));
        string same = bed.Write("same", StoreFiles.Layout((Image, [StoreFiles.RefName, "app:v1"]), (Image, [StoreFiles.RefName, "app:v1"])));

        foreach (string[] stores in new[] { new[] { one }, [same, two] })
        {
            bed.SourceStores = stores;
            MirrorImageResult result = await bed.ValidateOneAsync("app REG/library/app v1");
            Error(ValidationReason.AmbiguousReference, Image.Digest, result);
            Error(ValidationReason.AmbiguousReference, Other.Digest, result);
        }

        bed.SourceStores = [same];
        Passed(await bed.ValidateOneAsync("app REG/library/app v1"));
    }

    [Fact]
    public async Task An_image_without_a_name_is_reached_by_digest_only()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.SourceStores = [bed.Write("store", StoreFiles.Layout((Image, []), (Other, [StoreFiles.RefName, "app:v1"])))];

        Passed(await bed.ValidateOneAsync($"app REG/library/app {Image.Digest}"));
        Failed(ValidationReason.SpecMismatch, "", await bed.ValidateOneAsync("app REG/library/app v1"));
    }

    [Fact]
    public async Task Transports_name_images_as_skopeo_does()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.Write("two", StoreFiles.Layout((Image, [StoreFiles.RefName, "v1"]), (Other, [StoreFiles.RefName, "docker.io/library/app:v2"])));
        bed.Write("one", StoreFiles.Layout((Image, [])));
        bed.Write("one.tar", StoreFiles.Layout((Image, [])).ToTar());
        bed.Write("folder", StoreFiles.SkopeoFolder(Image));

        MirrorImageResult[] results = await bed.ValidateAsync(
            "oci:./two:v1 REG/library/app v1",
            "oci:two:v1 REG/library/app:v1",
            "oci:two REG/library/app v1=v1",
            "oci:one REG/library/app v1",
            $"oci-archive:{bed["one.tar"]} REG/library/app v1",
            $"oci:two@{Image.Digest} REG/library/app v1",
            "REG/library/app oci:one v1",
            "REG/library/app:v1 oci:two:v1");
        Assert.All(results, Passed);
        Assert.Equal("oci:./two", results[0].Source);
        Assert.Equal("v1=v1", results[0].Tag);
        Assert.Equal("v1", results[3].Tag);

        Failed(ValidationReason.SpecMismatch, "source manifest \"oci:two:docker.io/library/app\"", await bed.ValidateOneAsync("oci:two:app:v2 REG/library/app v1"));
        Error(ValidationReason.SourceNotFound, "there is no image v3 in it; there is v1, docker.io/library/app:v2", await bed.ValidateOneAsync("oci:two:v3 REG/library/app v1"));
        Error(ValidationReason.AmbiguousReference, "there are 2 images in it", await bed.ValidateOneAsync("oci:two REG/library/app v1"));
        Error(ValidationReason.RegistryUnavailable, "nothing: there is no such file", await bed.ValidateOneAsync("oci:nothing:v1 REG/library/app v1"));
        Error(ValidationReason.RegistryUnavailable, "destination store nothing", await bed.ValidateOneAsync("REG/library/app oci:nothing:v1 v1"));
        Error(ValidationReason.InvalidLine, "a docker-archive has no manifests", await bed.ValidateOneAsync("docker-archive:x.tar REG/library/app v1"));
        Error(ValidationReason.InvalidLine, "names no repository", await bed.ValidateOneAsync("oci:one"));
    }

    [Theory]
    [InlineData("oci:./two:v1 r.example.com/app v1", "oci:./two r.example.com/app v1=v1")]
    [InlineData("oci:./one r.example.com/app v1", "oci:./one r.example.com/app v1")]
    [InlineData(@"oci:C:\stores\one:app:v2 r.example.com/app v1", @"oci:C:\stores\one:docker.io/library/app r.example.com/app v2=v1")]
    [InlineData("oci:C:/stores/one:v2 r.example.com/app v1", "oci:C:/stores/one r.example.com/app v2=v1")]
    [InlineData("r.example.com/app dir:./x v1", "r.example.com/app dir:./x v1")]
    [InlineData("r.example.com/app oci:./x:v2 v1", "r.example.com/app oci:./x v1=v2")]
    [InlineData("dir:5000/a/b oci:5000/a/b v1", "dir:5000/a/b oci:5000/a/b v1")]
    public void A_line_with_a_transport_is_written_back_as_one_that_says_the_same(string line, string written)
    {
        var image = MirrorValidate.ImageLists.MirrorImage.Parse(new(line, 1, Path: null));

        Assert.Equal(written, image.ToListLine());
        var again = MirrorValidate.ImageLists.MirrorImage.Parse(new(written, 1, Path: null));
        Assert.Equal(written, again.ToListLine());
        Assert.Equal(image.Resolve(new()), again.Resolve(new()));
    }

    [Fact]
    public async Task What_hauler_keeps_beside_an_image_has_not_the_name_of_the_image()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        BuiltManifest signature = ArtifactBuilder.CosignSignature(Image);
        signature.PutInto(bed.Registry.Store, "library/app", ArtifactBuilder.CosignTag(Image));
        string[] name = [StoreFiles.RefName, "app:v1", StoreFiles.ContainerdName, "docker.io/library/app:v1", "kind"];
        bed.SourceStores = [bed.Write("store", StoreFiles.Layout((Image, [.. name, "dev.hauler/imageIndex"]), (signature, [.. name, "dev.hauler/sigs"])))];
        bed.With = options => options with { IncludeReferrer = true };

        Passed(await bed.ValidateOneAsync("app REG/library/app v1"));

        bed.Registry.Store.DeleteManifest("library/app", signature.Digest);
        Failed(ValidationReason.SignatureMissing, "", await bed.ValidateOneAsync("app REG/library/app v1"));
    }
}

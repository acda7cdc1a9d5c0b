using System.Globalization;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>
/// An entry's size and media type must be those of its manifest, unless the source's list has the very same entry.
/// </summary>
public sealed class EntryDescriptorTests
{
    private const string Layer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private static BuiltManifest Amd64 => DepthSample.Amd64;

    private static BuiltManifest Arm64 => DepthSample.Arm64;

    private static BuiltManifest Right { get; } = ListOf(new IndexEntry(Arm64));

    private static string Has => Arm64.Size.ToString(CultureInfo.InvariantCulture);

    /// <summary>Wrong entries, and what the message says of them.</summary>
    private static Dictionary<string, (IndexEntry Entry, string Words)> Wrong { get; } = new()
    {
        ["a byte more"] = (new(Arm64) { Size = Arm64.Size + 1 }, $"size {Arm64.Size + 1}, the manifest has {Has}"),
        ["a byte less"] = (new(Arm64) { Size = Arm64.Size - 1 }, $"size {Arm64.Size - 1}, the manifest has {Has}"),
        ["zero"] = (new(Arm64) { Size = 0 }, $"size 0, the manifest has {Has}"),
        ["no type"] = (new(Arm64) { MediaType = "" }, $"media type \"\", the manifest has \"{Arm64.MediaType}\""),
        ["a layer"] = (new(Arm64) { MediaType = Layer }, $"media type \"{Layer}\", the manifest has \"{Arm64.MediaType}\""),
        ["a list"] = (new(Arm64) { MediaType = Right.MediaType }, $"media type \"{Right.MediaType}\", the manifest has \"{Arm64.MediaType}\""),
        ["JSON"] = (new(Arm64) { MediaType = "application/json" }, "media type \"application/json\", the manifest has "),
        ["upper case"] = (new(Arm64) { MediaType = Arm64.MediaType.ToUpperInvariant() }, "media type \"APPLICATION/"),
        ["both"] = (
            new(Arm64) { Size = 7, MediaType = "a/b" },
            $"size 7 and media type \"a/b\", the manifest has {Has} and \"{Arm64.MediaType}\""),
    };

    public static TheoryData<string, ComparisonMode, ValidationDepth> Cases()
    {
        var data = new TheoryData<string, ComparisonMode, ValidationDepth>();
        foreach (string wrong in Wrong.Keys)
        {
            foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
            {
                data.Add(wrong, ComparisonMode.ManifestList, depth);
                data.Add(wrong, ComparisonMode.Platform, depth);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_wrong_entry_of_the_destination_fails(string wrong, ComparisonMode mode, ValidationDepth depth)
    {
        (IndexEntry entry, string words) = Wrong[wrong];
        await using MirrorPair pair = await StartAsync(Right, ListOf(entry), depth);
        MirrorImageResult result = await pair.ValidateAsync(mode);
        ResultAssert.Failed(ValidationReason.DescriptorMismatch, $"destination entry of linux/arm64/v8 says {words}", result);
        Assert.Equal(MirrorProof.None, result.Proof);
        MirrorDifference difference = Assert.Single(result.Differences);
        Assert.Equal(("DescriptorMismatch", "linux/arm64/v8"), (difference.Kind, difference.Platform));
        Assert.Equal(
            (TextOf(new IndexEntry(Arm64)), TextOf(entry)), (difference.Source, difference.Destination));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_right_entry_passes_against_a_wrong_one_of_the_source(
        string wrong, ComparisonMode mode, ValidationDepth depth)
    {
        IndexEntry entry = Wrong[wrong].Entry;
        await using MirrorPair pair = await StartAsync(ListOf(entry), Right, depth);
        MirrorImageResult result = await pair.ValidateAsync(mode);
        ResultAssert.Passed(result);
        Assert.Equal((depth.ToString(), 2), (result.Proof.Level, result.Proof.Manifests));
        MirrorDifference difference = Assert.Single(result.Differences);
        Assert.Equal(("SourceDescriptorMismatch", "linux/arm64/v8"), (difference.Kind, difference.Platform));
        Assert.Equal(
            (TextOf(entry), TextOf(new IndexEntry(Arm64))), (difference.Source, difference.Destination));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_wrong_entry_of_both_passes_and_is_told_once_it_is_seen(
        string wrong, ComparisonMode mode, ValidationDepth depth)
    {
        IndexEntry entry = Wrong[wrong].Entry;
        // The lists differ in what is not compared, so that each entry counts.
        await using MirrorPair pair = await StartAsync(
            ListOf(entry), ListOf(entry, new IndexEntry(DepthSample.S390x)), depth);
        foreach (ComparisonMode tried in new[] { mode, ComparisonMode.Digest })
        {
            if (tried == ComparisonMode.Digest) ListOf(entry).PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
            MirrorImageResult result = await pair.ValidateAsync(tried);
            ResultAssert.Passed(result);
            Assert.Equal(depth.ToString(), result.Proof.Level);
            Assert.Equal(
                depth == ValidationDepth.List ? [] : ["SourceDescriptorMismatch"],
                result.Differences.Select(difference => difference.Kind));
            if (depth == ValidationDepth.List) Assert.Equal(2, result.RequestCount);
            if (depth == ValidationDepth.Manifest && wrong is not ("a layer" or "a list")) Assert.Equal(4, result.RequestCount);
        }
    }

    [Fact]
    public async Task Where_the_lists_differ_GET_takes_the_place_of_HEAD()
    {
        await using MirrorPair pair = await StartAsync(Right, Right, ValidationDepth.Manifest);
        Assert.Equal(4, (await pair.ValidateAsync()).RequestCount);
        SampleImages.Reordered(Right).PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        Assert.Equal(4, (await pair.ValidateAsync()).RequestCount);
        Assert.DoesNotContain($"GET {Arm64.Digest}", pair.Asked(RegistrySide.Destination));
        ListOf(Wrong["zero"].Entry).PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        Assert.Equal(4, (await pair.ValidateAsync()).RequestCount);
        Assert.Contains($"GET {Arm64.Digest}", pair.Asked(RegistrySide.Destination));
        pair.Depth = ValidationDepth.List;
        Assert.Equal(3, (await pair.ValidateAsync()).RequestCount);
    }

    [Theory]
    [InlineData("HEAD refused")]
    [InlineData("no length")]
    [InlineData("length 0")]
    [InlineData("wrong length")]
    [InlineData("no type")]
    [InlineData("JSON")]
    [InlineData("another type")]
    public async Task What_HEAD_says_decides_nothing(string head)
    {
        await using MirrorPair pair = await StartAsync(ListOf(Wrong["zero"].Entry), Right, ValidationDepth.Manifest);
        AddHeadFault(pair, head);
        ResultAssert.Passed(await pair.ValidateAsync());
        ListOf(Wrong["both"].Entry).PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        ResultAssert.Failed(
            ValidationReason.DescriptorMismatch,
            $"destination entry of linux/arm64/v8 says {Wrong["both"].Words}",
            await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("HEAD refused")]
    [InlineData("no length")]
    [InlineData("length 0")]
    [InlineData("no type")]
    [InlineData("JSON")]
    public async Task Nothing_is_told_of_right_entries_where_HEAD_does_not_tell(string head)
    {
        await using MirrorPair pair = await StartAsync(Right, Right, ValidationDepth.Manifest);
        AddHeadFault(pair, head);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
        Assert.Equal(head == "HEAD refused" ? 6 : 4, result.RequestCount);
    }

    [Theory]
    [InlineData(404, ValidationReason.DestinationManifestMissing, "Failed")]
    [InlineData(500, ValidationReason.RegistryUnavailable, "Error")]
    [InlineData(403, ValidationReason.Forbidden, "Error")]
    public async Task An_entry_whose_manifest_cannot_be_looked_at_does_not_pass_at_any_depth(
        int status, ValidationReason reason, string verdict)
    {
        foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
        {
            await using MirrorPair pair = await StartAsync(Right, ListOf(Wrong["zero"].Entry), depth);
            pair.Destination.Faults.Add(new Fault
            {
                Path = MirrorPair.ManifestPath(RegistrySide.Destination, Arm64.Digest),
                Status = status,
            });
            MirrorImageResult result = await pair.ValidateAsync();
            Assert.Equal((verdict, reason.ToString()), (result.Status, result.Reason));
        }
    }

    [Fact]
    public async Task Every_entry_of_a_manifest_that_is_listed_twice_counts()
    {
        var other = new ImagePlatform("linux", "amd64", "v2");
        BuiltManifest source = ListOf(new IndexEntry(Amd64) { Platform = other });
        BuiltManifest destination = ListOf(new IndexEntry(Amd64) { Platform = other, Size = 5 });
        foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
        {
            await using MirrorPair pair = await StartAsync(source, destination, depth);
            ResultAssert.Failed(
                ValidationReason.DescriptorMismatch, "destination entry of linux/amd64/v2 says size 5", await pair.ValidateAsync());
        }
    }

    [Fact]
    public async Task Several_are_named_and_what_is_missing_comes_first()
    {
        BuiltManifest destination = new IndexBuilder()
            .Add(new IndexEntry(Amd64) { Size = 1 })
            .Add(new IndexEntry(Arm64) { Size = 2 })
            .Build();
        await using MirrorPair pair = await StartAsync(Right, destination, ValidationDepth.Manifest);
        ResultAssert.Failed(
            ValidationReason.DescriptorMismatch,
            $"destination entry of linux/amd64 says size 1, the manifest has {Amd64.Size}; linux/arm64/v8 says size 2, ",
            await pair.ValidateAsync());
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image: [", result);
        Assert.Contains("; destination entry of linux/amd64 says size 1, ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_not_selected_do_not_count_and_those_without_a_platform_are_named_by_digest()
    {
        BuiltManifest source = ListOf(new IndexEntry(Arm64) { Platform = null });
        BuiltManifest destination = ListOf(new IndexEntry(Arm64) { Platform = null, Size = 3 });
        await using MirrorPair pair = await StartAsync(source, destination, ValidationDepth.Manifest);
        ResultAssert.Passed(await pair.ValidateAsync());
        ResultAssert.Failed(
            ValidationReason.DescriptorMismatch,
            $"destination entry of {Arm64.Digest} says size 3, the manifest has {Has}",
            await pair.ValidateAsync(architectures: "*"));
    }

    public static TheoryData<string, ValidationDepth> SingleCases()
    {
        var data = new TheoryData<string, ValidationDepth>();
        foreach (string wrong in Wrong.Keys)
        {
            foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>()) data.Add(wrong, depth);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SingleCases))]
    public async Task The_one_entry_around_a_single_image_must_describe_it(string wrong, ValidationDepth depth)
    {
        (IndexEntry entry, string words) = Wrong[wrong];
        await using MirrorPair pair = await StartAsync(Arm64, new IndexBuilder().Add(entry).Build(), depth);
        ResultAssert.Failed(
            ValidationReason.DescriptorMismatch,
            $"destination entry of linux/arm64/v8 says {words}",
            await pair.ValidateAsync());
        SampleImages.Wrapped(Arm64).PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
    }

    [Fact]
    public async Task What_schema_1_was_converted_to_must_be_described_too()
    {
        BuiltManifest image = SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1");
        BuiltManifest converted = SampleImages.Image("s");
        await using MirrorPair pair = await StartAsync(image, SampleImages.Wrapped(converted), ValidationDepth.Manifest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
        BuiltManifest wrong = new IndexBuilder().Add(new IndexEntry(converted) { Size = 9 }).Build();
        wrong.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        ResultAssert.Failed(
            ValidationReason.DescriptorMismatch, "destination entry of linux/amd64 says size 9", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_schema_1_manifest_in_a_list_has_no_size_of_its_own(bool isSigned)
    {
        BuiltManifest image = SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1", isSigned);
        BuiltManifest ListWith(long size) => new IndexBuilder()
            .Add(new IndexEntry(image) { Platform = ImagePlatform.LinuxAmd64, Size = size })
            .Build();
        foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
        {
            await using MirrorPair pair = await StartAsync(ListWith(image.Size), ListWith(image.Size - 40), depth);
            MirrorImageResult result = await pair.ValidateAsync();
            ResultAssert.Passed(result);
            Assert.Empty(result.Differences);
        }
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source))]
    [InlineData(nameof(RegistrySide.Destination))]
    public async Task An_entry_without_a_size_is_malformed(string sideName)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await StartAsync(Right, Right, ValidationDepth.List);
        string json = Encoding.UTF8.GetString(Right.Content.Span);
        foreach (string size in new[] { "", "\"size\": null," })
        {
            string without = json.Replace($"\"size\": {Has},", size, StringComparison.Ordinal);
            Assert.NotEqual(json, without);
            new BuiltManifest(Right.MediaType, Encoding.UTF8.GetBytes(without))
                .PutInto(pair.Of(side).Store, MirrorPair.RepositoryOf(side), "v1");
            ResultAssert.Error(
                ValidationReason.MalformedManifest, " has no size", await pair.ValidateAsync());
        }
    }

    private static void AddHeadFault(MirrorPair pair, string head)
    {
        if (head == "HEAD refused") pair.Destination.Options.RefuseHead = 405;
        var fault = new Fault
        {
            Method = "HEAD",
            Path = MirrorPair.ManifestPath(RegistrySide.Destination, Arm64.Digest),
            OmitContentLength = head == "no length",
            ContentType = head switch
            {
                "no type" => "",
                "JSON" => "application/json",
                "another type" => "application/vnd.oci.image.manifest.v1+json",
                _ => null,
            },
        };
        if (head == "length 0") fault.Headers["Content-Length"] = "0";
        if (head == "wrong length") fault.Headers["Content-Length"] = "9";
        pair.Destination.Faults.Add(fault);
    }

    private static string TextOf(IndexEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Digest} (\"{entry.MediaType}\", {entry.Size} bytes)");

    private static BuiltManifest ListOf(params IndexEntry[] others)
    {
        var list = new IndexBuilder().Add(Amd64);
        foreach (IndexEntry entry in others) list.Add(entry);
        return list.Build();
    }

    private static async Task<MirrorPair> StartAsync(BuiltManifest source, BuiltManifest destination, ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        pair.Depth = depth;
        return pair;
    }
}

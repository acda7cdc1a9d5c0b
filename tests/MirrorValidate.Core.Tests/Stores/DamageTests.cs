using MirrorValidate.Embedded.Images;
using MirrorValidate.Stores;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Stores;

/// <summary>Damage at every place of a store is found at the depth that promises it, and never passed.</summary>
public sealed class DamageTests
{
    private static readonly BuiltManifest Image = SampleImages.OciIndex("app", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]);
    private static readonly StoreFiles Layout = StoreFiles.Layout(Image, "app:v1");

    [Fact]
    public async Task A_flipped_byte_of_any_file_is_found_in_a_destination()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.DestinationStores = [bed.Write("store", Layout)];
        foreach ((string name, byte[] content) in Layout)
        {
            string path = Path.Combine(bed["store"], name);
            foreach (int place in Places(content.Length))
            {
                File.WriteAllBytes(path, Flipped(content, place));
                string outcome = await OutcomeAsync(bed, "REG/library/app app v1");
                string expected = IsBlobOf(name, manifests: false) ? "Failed BlobDigestMismatch"
                    : IsBlobOf(name, manifests: true) ? "Error DigestVerificationFailed"
                    : "";
                Assert.True(outcome.StartsWith(expected, StringComparison.Ordinal), $"{name} at {place}: {outcome}");
                Assert.False(outcome.StartsWith("Passed", StringComparison.Ordinal), $"{name} at {place}: {outcome}");
                if (expected.Length > 0) Assert.Contains(name, outcome, StringComparison.Ordinal);
            }

            File.WriteAllBytes(path, content);
        }

        Assert.StartsWith("Passed", await OutcomeAsync(bed, "REG/library/app app v1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_byte_of_a_source_is_an_error_that_names_the_file_and_no_difference()
    {
        BuiltManifest single = SampleImages.Image("app", ImageFormat.Oci);
        await using StoreBed bed = await StoreBed.StartAsync(SampleImages.Wrapped(single));
        StoreFiles files = StoreFiles.Layout(single, "app:v1");
        bed.SourceStores = [bed.Write("store", files)];
        foreach (string name in new[] { single.Digest, single.Blobs[0].Digest }.Select(digest => $"blobs/{digest.Replace(':', '/')}"))
        {
            byte[] content = files[name];
            foreach (int place in Places(content.Length))
            {
                File.WriteAllBytes(Path.Combine(bed["store"], name), Flipped(content, place));
                string outcome = await OutcomeAsync(bed, "app REG/library/app v1");
                Assert.StartsWith("Error DigestVerificationFailed", outcome, StringComparison.Ordinal);
                Assert.Contains($"{bed["store"]}: {name}", outcome, StringComparison.Ordinal);
            }

            File.WriteAllBytes(Path.Combine(bed["store"], name), content);
        }

        byte[] index = files["index.json"];
        for (int place = 0; place < index.Length; place++)
        {
            File.WriteAllBytes(Path.Combine(bed["store"], "index.json"), Flipped(index, place));
            string outcome = await OutcomeAsync(bed, "app REG/library/app v1");
            Assert.True(outcome.StartsWith("Error", StringComparison.Ordinal) || outcome.StartsWith("no store", StringComparison.Ordinal), $"{place}: {outcome}");
        }
    }

    [Theory]
    [InlineData(ValidationDepth.Manifest)]
    [InlineData(ValidationDepth.Blob)]
    [InlineData(ValidationDepth.Content)]
    public async Task A_file_that_is_removed_is_found_at_the_depth_that_looks_for_it(ValidationDepth depth)
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = depth };
        bed.DestinationStores = [bed.Write("store", Layout)];
        foreach ((string name, byte[] content) in Layout)
        {
            File.Delete(Path.Combine(bed["store"], name));
            string outcome = await OutcomeAsync(bed, "REG/library/app app v1");
            string expected = name.EndsWith(Image.Digest[7..], StringComparison.Ordinal) ? "Failed DestinationNotFound"
                : IsBlobOf(name, manifests: true) ? "Failed DestinationManifestMissing"
                : !name.StartsWith("blobs/", StringComparison.Ordinal) ? "no store"
                : depth >= ValidationDepth.Blob ? "Failed BlobMissing"
                : "Passed";
            Assert.True(outcome.StartsWith(expected, StringComparison.Ordinal), $"{name}: {outcome}");
            if (expected.StartsWith("Failed", StringComparison.Ordinal))
            {
                Assert.Contains(name, outcome, StringComparison.Ordinal);
                Assert.Contains("sparse", outcome, StringComparison.Ordinal);
            }

            File.WriteAllBytes(Path.Combine(bed["store"], name), content);
        }
    }

    [Fact]
    public async Task A_file_of_another_length_is_found_by_its_length()
    {
        await using StoreBed bed = await StoreBed.StartAsync(Image);
        bed.With = options => options with { Depth = ValidationDepth.Blob };
        bed.DestinationStores = [bed.Write("store", Layout)];
        string layer = $"blobs/{Image.Children[0].Blobs[1].Digest.Replace(':', '/')}";
        foreach (byte[] content in new[] { Layout[layer][..^1], [.. Layout[layer], 0], [] })
        {
            File.WriteAllBytes(Path.Combine(bed["store"], layer), content);
            string outcome = await OutcomeAsync(bed, "REG/library/app app v1");
            Assert.StartsWith("Failed BlobSizeMismatch", outcome, StringComparison.Ordinal);
            Assert.Contains(layer, outcome, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("dir")]
    [InlineData("hangar")]
    public async Task Flipped_bytes_and_missing_files_are_found_in_other_shapes(string shape)
    {
        BuiltManifest image = SampleImages.DockerList("app");
        await using StoreBed bed = await StoreBed.StartAsync(image);
        StoreFiles files = shape == "dir"
            ? StoreFiles.SkopeoFolder(image, "app:v1/")
            : StoreFiles.Hangar(image, "docker.io/library/app", "v1");
        bed.With = options => options with { Depth = ValidationDepth.Content };
        bed.DestinationStores = [bed.Write("store", files)];
        Assert.StartsWith("Passed", await OutcomeAsync(bed, "REG/library/app app v1"), StringComparison.Ordinal);
        // What says nothing of an image: skopeo's version, and hangar's layouts beside the index.
        foreach ((string name, byte[] content) in files.Where(
            file => Path.GetFileName(file.Key) is not ("version" or "oci-layout")
                && !file.Key.EndsWith("/index.json", StringComparison.Ordinal)))
        {
            string path = Path.Combine(bed["store"], name);
            foreach (int place in name == "index.json" ? NamesAndDigests(content, image) : Places(content.Length))
            {
                File.WriteAllBytes(path, Flipped(content, place));
                await IsFoundAsync($"{name} at {place}");
            }

            File.WriteAllBytes(path, content[..^1]);
            await IsFoundAsync($"{name} cut off");
            File.Delete(path);
            await IsFoundAsync($"{name} missing");
            File.WriteAllBytes(path, content);
        }

        async Task IsFoundAsync(string what)
        {
            string outcome = await OutcomeAsync(bed, "REG/library/app app v1");
            Assert.False(outcome.StartsWith("Passed", StringComparison.Ordinal), $"{what}: {outcome}");
        }
    }

    // What hangar's index says of an image apart from what it repeats.
    private static IEnumerable<int> NamesAndDigests(byte[] index, BuiltManifest image)
    {
        string text = System.Text.Encoding.UTF8.GetString(index);
        return image.Children.Select(child => text.IndexOf(child.Digest, StringComparison.Ordinal))
            .SelectMany(start => Enumerable.Range(start, image.Digest.Length))
            .Concat(Enumerable.Range(0, text.IndexOf("\"archList\"", StringComparison.Ordinal)));
    }

    internal static IEnumerable<int> Places(int length) => length < 60
        ? Enumerable.Range(0, length)
        : [0, length - 1, .. Enumerable.Range(0, 20).Select(i => i * length / 20)];

    internal static byte[] Flipped(byte[] content, int place)
    {
        byte[] flipped = [.. content];
        flipped[place] ^= 0x01;
        return flipped;
    }

    private static bool IsBlobOf(string name, bool manifests)
    {
        IEnumerable<string> digests = manifests
            ? Image.Children.Select(child => child.Digest).Append(Image.Digest)
            : Image.Children.SelectMany(child => child.Blobs).Select(blob => blob.Digest);
        return digests.Any(digest => name.EndsWith(digest[7..], StringComparison.Ordinal));
    }

    internal static async Task<string> OutcomeAsync(StoreBed bed, string line)
    {
        try
        {
            MirrorImageResult result = await bed.ValidateOneAsync(line);
            return $"{result.Status} {result.Reason} {result.Message}";
        }
        catch (StoreException e)
        {
            return $"no store {e.Message}";
        }
    }
}

using System.Text.Json;
using CsCheck;
using MirrorValidate.Core.Tests.Manifests;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>
/// Spoiled manifests served by registries: the validator never crashes, never hangs, and passes nothing that differs. More of them with
/// <c>CsCheck_Iter</c>, the same ones again with <c>CsCheck_Seed</c> (see CONTRIBUTING.md).
/// </summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Samples = 300;

    private static readonly string[] Selected = ["amd64", "arm64"];

    private Mirror _mirror = null!;
    private int _tags;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Fact]
    public async Task A_spoiled_destination_passes_only_where_what_is_compared_is_left()
    {
        using Run run = Start();
        await Spoiled.SampleAsync(async (sample, seed, rate) =>
        {
            byte[] spoiled = JsonMutator.Mutate(sample.Content, new Random(seed), rate);
            MirrorImageResult result = await ValidateAsync(run, sample.Content, spoiled, sample.MediaType);

            Check(result);
            if (result.Status != nameof(ValidationStatus.Passed)) return;
            Assert.Equal(Compared(sample.Content), Compared(spoiled));
            Assert.Equal(Stated(sample.Content), Stated(spoiled));
        }, iter: Iterations);
    }

    [Fact]
    public async Task A_spoiled_source_passes_only_where_what_is_compared_is_left()
    {
        using Run run = Start();
        await Spoiled.SampleAsync(async (sample, seed, rate) =>
        {
            byte[] spoiled = JsonMutator.Mutate(sample.Content, new Random(seed), rate);
            MirrorImageResult result = await ValidateAsync(run, spoiled, sample.Content, sample.MediaType);

            Check(result);
            if (result.Status == nameof(ValidationStatus.Passed)) Assert.Equal(Compared(sample.Content), Compared(spoiled));
        }, iter: Iterations);
    }

    [Fact]
    public async Task Two_spoiled_in_the_same_way_pass_only_with_something_compared()
    {
        using Run run = Start();
        await Spoiled.SampleAsync(async (sample, seed, rate) =>
        {
            byte[] spoiled = JsonMutator.Mutate(sample.Content, new Random(seed), rate);
            MirrorImageResult result = await ValidateAsync(run, spoiled, spoiled, sample.MediaType);

            Check(result);
            if (result.Status == nameof(ValidationStatus.Passed)) Assert.NotEmpty(Compared(spoiled));
        }, iter: Iterations);
    }

    [Fact]
    public async Task A_spoiled_config_passes_only_with_the_platform_of_the_entry()
    {
        using Run run = Start();
        BuiltManifest image = SampleImages.Image("fuzz", ImageFormat.Oci, ImagePlatform.LinuxArm64);
        await Gen.Select(Gen.Int, Gen.Double[0.005, 0.3]).SampleAsync(async (seed, rate) =>
        {
            byte[] config = JsonMutator.Mutate(image.Blobs[0].Content, new Random(seed), rate);
            string repository = NextRepository();
            _mirror.Put(image, repository);
            string digest = References.DigestOf(config);
            byte[] manifest = Replace(image.Content, image.Blobs[0].Digest, digest);
            var changed = new BuiltManifest(image.MediaType, manifest) { Blobs = [new BuiltBlob("application/vnd.oci.image.config.v1+json", config)], Platform = image.Platform };
            changed.PutInto(_mirror.Source.Store, repository, "1");
            SampleImages.Wrapped(changed).PutInto(_mirror.Destination.Store, repository, "1");

            MirrorImageResult result = await run.ValidateAsync(_mirror.LineOf(repository));

            Check(result);
            if (result.Status == nameof(ValidationStatus.Passed)) Assert.Contains("\"arm64\"", System.Text.Encoding.UTF8.GetString(config), StringComparison.Ordinal);
        }, iter: Iterations);
    }

    private static Gen<(BuiltManifest Sample, int Seed, double Rate)> Spoiled { get; } = Gen.Select(
        Gen.OneOfConst(
            SampleImages.DockerList("fuzz"), SampleImages.OciIndex("fuzz", attestations: true), SampleImages.WindowsList("fuzz"), SampleImages.NestedIndex("fuzz")),
        Gen.Int,
        Gen.Double[0.002, 0.2]);

    // CsCheck's own variable wins where it is set.
    private static long Iterations => Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 } ? -1 : Samples;

    private static Run Start() => new(Run.Quick with { MaximumRetryCount = 0 });

    private static void Check(MirrorImageResult result)
    {
        Assert.NotEqual(nameof(ValidationReason.InternalError), result.Reason);
        Assert.DoesNotContain(result.Message, char.IsControl);
        Assert.Equal(result.Status == nameof(ValidationStatus.Passed), result.Message.Length == 0);
    }

    /// <summary>What is compared of a list, read as a client does that takes the last of equal members and asks no questions.</summary>
    private static List<string> Compared(ReadOnlyMemory<byte> list)
    {
        using JsonDocument document = JsonDocument.Parse(list);
        return
        [
            .. document.RootElement.GetProperty("manifests").EnumerateArray()
                .Where(entry => entry.TryGetProperty("platform", out JsonElement platform) && Selected.Contains(Text(platform, "architecture")))
                .Select(entry => $"{Text(entry, "digest")} {string.Join(' ', new[] { "architecture", "os", "variant", "os.version" }.Select(name => Text(entry.GetProperty("platform"), name)))}")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What the entries that are compared state of their manifests.</summary>
    private static List<string> Stated(ReadOnlyMemory<byte> list)
    {
        using JsonDocument document = JsonDocument.Parse(list);
        return
        [
            .. document.RootElement.GetProperty("manifests").EnumerateArray()
                .Where(entry => entry.TryGetProperty("platform", out JsonElement platform) && Selected.Contains(Text(platform, "architecture")))
                .Select(entry => $"{Text(entry, "digest")} {Text(entry, "mediaType")} {entry.GetProperty("size").GetRawText()}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static byte[] Replace(ReadOnlyMemory<byte> json, string old, string @new) =>
        System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(json.Span).Replace(old, @new, StringComparison.Ordinal));

    private string NextRepository() => $"fuzz/x{Interlocked.Increment(ref _tags)}";

    private Task<MirrorImageResult> ValidateAsync(Run run, ReadOnlyMemory<byte> source, ReadOnlyMemory<byte> destination, string mediaType)
    {
        string repository = NextRepository();
        foreach (BuiltManifest list in new[] { SampleImages.DockerList("fuzz"), SampleImages.OciIndex("fuzz"), SampleImages.WindowsList("fuzz") })
            list.PutInto(_mirror.Destination.Store, repository, tag: null);
        _mirror.Source.Store.PutManifest(repository, "1", mediaType, source);
        _mirror.Destination.Store.PutManifest(repository, "1", mediaType, destination);
        return run.ValidateAsync(_mirror.LineOf(repository));
    }

    private static class References
    {
        internal static string DigestOf(ReadOnlySpan<byte> content) => MirrorValidate.References.Digest.Of("sha256", content).ToString();
    }
}

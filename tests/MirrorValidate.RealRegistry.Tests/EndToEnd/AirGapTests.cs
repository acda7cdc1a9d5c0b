using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.EndToEnd;

/// <summary>The whole way across an air gap, with a real registry on either side and skopeo as the carrier.</summary>
public sealed class AirGapTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task What_was_saved_and_carried_proves_every_byte_that_arrived()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        BuiltManifest good = SampleImages.OciIndex("good");
        BuiltManifest hurt = SampleImages.OciIndex("hurt");
        string source = registries.Source.Host;
        string site = registries.Destination.Host;
        foreach ((string name, BuiltManifest image) in new[] { ("good", good), ("hurt", hurt) })
        {
            await registries.PushAsync(image, name);
            await Skopeo.CopyAsync($"{source}/library/{name}:v1", $"oci-archive:{_directory[name + ".tar"]}:{source}/library/{name}:v1");
        }

        await File.WriteAllLinesAsync(_directory["list.txt"], [$"{source}/library/good:v1", $"{source}/library/hurt:v1"]);

        // On the side of the sources.
        Assert.Equal(
            ["1 Saved", "2 Saved", "1 Passed Content", "2 Passed Content"],
            await RunAsync(
                """
                Save-MirrorSource list.txt -StorePath source.tar | ForEach-Object { "$($_.Id) $($_.Status)" }
                Test-MirrorImage list.txt -DestinationStore good.tar, hurt.tar -Depth Content -PreserveOrder | ForEach-Object { "$($_.Id) $($_.Status) $($_.Proof.Level)" }
                """));

        // The source is out of reach; the images are pushed to the registry of the site.
        await registries.Source.KillAsync();
        foreach (string name in new[] { "good", "hurt" })
            await Skopeo.CopyAsync($"oci-archive:{_directory[name + ".tar"]}:{source}/library/{name}:v1", $"{site}/library/{name}:v1");
        string[] arrived = await RunAsync(
            $$"""
            Test-MirrorImage list.txt -SourceStore source.tar -DestinationStore good.tar, hurt.tar -Depth Content -PreserveOrder | ForEach-Object { "$($_.Id) $($_.Status) $($_.RequestCount)" }
            Test-MirrorImage list.txt -SourceStore source.tar -d {{site}} -Depth Content -PreserveOrder | ForEach-Object { "$($_.Id) $($_.Status) $($_.Proof.Level)" }
            Get-StoreImage good.tar | Test-MirrorImage -SourceStore good.tar -d {{site}} -NoFailedList | ForEach-Object Status
            """);
        Assert.Equal(["1 Passed 0", "2 Passed 0", "1 Passed Content", "2 Passed Content", "Passed"], arrived);

        registries.Destination.Storage.ReplaceBlobSameSize(hurt.Children[0].Blobs[1].Digest);
        Assert.Equal(
            ["1 Passed None", "2 Failed BlobDigestMismatch"],
            await RunAsync($$"""Test-MirrorImage list.txt -SourceStore source.tar -d {{site}} -Depth Content -PreserveOrder | ForEach-Object { "$($_.Id) $($_.Status) $($_.Reason)" }"""));
    }

    [RealRegistryTheory]
    [InlineData("oci:store:v1", true)]
    [InlineData("oci-archive:store.tar:v1", true)]
    [InlineData("dir:store", false)]
    public async Task What_skopeo_wrote_is_compared_and_what_it_converted_is_explained(string target, bool isConverted)
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        await registries.PushAsync(SampleImages.DockerList("docker"), "docker");
        await registries.PushAsync(SampleImages.OciIndex("oci"), "oci");
        string[] parts = target.Split(':', 3);
        string absolute = string.Join(':', [parts[0], _directory[parts[1]], .. parts[2..]]);
        foreach (string name in new[] { "oci", "docker" })
        {
            if (Directory.Exists(_directory["store"])) Directory.Delete(_directory["store"], recursive: true);
            File.Delete(_directory["store.tar"]);
            await Skopeo.CopyAsync($"{registries.Source.Host}/library/{name}:v1", absolute);
            string[] lines = await RunAsync(
                $$"""
                '{{registries.Source.Host}}/library/{{name}} {{target}} v1' | Test-MirrorImage -Depth Content -Explain -NoFailedList | ForEach-Object { $_.Status; $_.Differences.Kind | Sort-Object -Unique }
                """);
            Assert.Equal(name == "docker" && isConverted ? ["Failed", "MediaTypeConverted"] : ["Passed"], lines);
        }
    }

    private async Task<string[]> RunAsync(string script)
    {
        ProcessOutput output = await ModuleProcess.RunAsync(_directory.Path, script);
        Assert.Equal("", output.Error);
        return [.. output.Lines];
    }
}

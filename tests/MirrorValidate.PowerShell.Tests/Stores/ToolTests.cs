using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Stores;

namespace MirrorValidate.PowerShell.Tests.Stores;

/// <summary>Stores in the shape of each tool, as users list and compare them.</summary>
public sealed class ToolTests : ModuleTest
{
    private const string Options = "-Architecture * -Depth Content -NoFailedList";

    public static TheoryData<string> Tools => [.. ToolStores.All.Keys];

    private string Site => Registries.Destination.Host;

    [Theory]
    [MemberData(nameof(Tools))]
    public void Its_images_are_listed_with_their_names(string tool)
    {
        ToolStore store = Write(tool);

        Outcome outcome = Shell.Run($"Get-StoreImage {Argument(store)}");

        Assert.Equal(
            store.Listed,
            outcome.Output.Select(image => $"{image.Text("Source")} {image.Text("Tag")}")
                .Order(StringComparer.Ordinal));
        PSObject app = outcome.Output.Single(image => image.Text("Tag") == "v1");
        Assert.Equal(store.KeepsList ? store.Image.Digest : "", app.Text("Digest"));
        Assert.Equal(store.IsComplete, app.Value("Complete"));
        Assert.Equal(["linux/amd64", "linux/arm64/v8"], (IEnumerable<string>)app.Value("Platforms")!);
        Assert.Empty(outcome.Errors);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void As_a_source_it_passes_a_right_mirror_and_fails_a_wrong_one(string tool)
    {
        ToolStore store = Write(tool);
        string script = $"Get-StoreImage {Argument(store)} | Where-Object Tag -EQ v1 | "
            + $"Test-MirrorImage -SourceStore {Argument(store)} -d {Site} {Options}";

        store.Image.PutInto(Registries.Destination.Store, "library/app", "v1");
        Assert.Equal("Passed", Shell.Run(script).Text("Status"));

        // One platform is another, or its layer is gone.
        BuiltManifest other = SampleImages.DockerList("other", [ImagePlatform.LinuxArm64]);
        Swapped(store.Image, other.Children[0]).PutInto(Registries.Destination.Store, "library/app", "v1");
        Assert.Equal("SpecMismatch", Shell.Run(script).Text("Reason"));
        store.Image.PutInto(Registries.Destination.Store, "library/app", "v1");
        Registries.Destination.Store.DeleteBlob("library/app", store.Image.Children[1].Blobs[1].Digest);
        Assert.Equal("BlobMissing", Shell.Run(script).Text("Reason"));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void As_a_destination_it_passes_down_to_its_content_and_fails_with_a_wrong_byte(string tool)
    {
        ToolStore store = Write(tool);
        string line = $"{Registries.Source.Host}/library/app docker.io/library/app v1";
        string script = $"Test-MirrorImage -DestinationStore {Argument(store)} {Options}";
        string amd64 = script.Replace("*", "amd64", StringComparison.Ordinal);

        store.Image.PutInto(Registries.Source.Store, "library/app", "v1");
        Assert.Equal(store.IsComplete ? "None" : "DestinationManifestMissing", Shell.Run(script, line).Text("Reason"));
        Outcome passed = Shell.Run(amd64, line);
        Assert.Equal("Passed", passed.Text("Status"));
        Assert.Equal("Content", PSObject.AsPSObject(passed.Only.Value("Proof")).Text("Level"));

        string layer = store.Image.Children[0].Blobs[1].Digest[7..];
        for (int place = 0; place < store.Files.Count; place++)
        {
            if (!store.Files[place].Key.EndsWith(layer, StringComparison.Ordinal)) continue;
            (string name, byte[] content) = store.Files[place];
            store.Files[place] = new(name, [.. content[..^1], (byte)(content[^1] ^ 1)]);
            store.WriteInto(Shell.Directory);
            Outcome failed = Shell.Run(amd64, line);
            Assert.Equal("BlobDigestMismatch", failed.Text("Reason"));
            Assert.Contains(name, failed.Text("Message"), StringComparison.Ordinal);
            store.Files[place] = new(name, content);
        }

        SampleImages.DockerList("other", [ImagePlatform.LinuxAmd64])
            .PutInto(Registries.Source.Store, "library/app", "v1");
        store.WriteInto(Shell.Directory);
        Assert.Equal("SpecMismatch", Shell.Run(amd64, line).Text("Reason"));
    }

    [Theory]
    [InlineData("oras copy --to-oci-layout")]
    [InlineData("oras backup")]
    [InlineData("hauler store save")]
    [InlineData("hauler store save, older")]
    public void Signatures_and_SBOMs_that_it_keeps_must_be_in_the_mirror(string tool)
    {
        ToolStore store = Write(tool);
        store.Image.PutInto(Registries.Destination.Store, "library/app", "v1");
        string script = $"Test-MirrorImage -SourceStore {Argument(store)} -d {Site} -IncludeReferrer -NoFailedList";

        Assert.Equal("Failed", Shell.Run(script, "docker.io/library/app:v1").Text("Status"));
        foreach ((string tag, BuiltManifest manifest) in store.Belonging)
        {
            bool isDigest = tag.Contains(':', StringComparison.Ordinal);
            manifest.PutInto(Registries.Destination.Store, "library/app", isDigest ? null : tag);
        }

        Assert.Equal("Passed", Shell.Run(script, "docker.io/library/app:v1").Text("Status"));
    }

    [Fact]
    public void What_docker_unpacked_has_other_digests_and_says_why()
    {
        BuiltManifest image = SampleImages.Image("app");
        ToolStore store = ToolStores.DockerWithoutContainerd(image);
        store.WriteInto(Shell.Directory);
        image.PutInto(Registries.Source.Store, "library/app", "v1");

        Outcome listed = Shell.Run("Get-StoreImage app.tar");
        Assert.Equal(
            "docker.io/library/app v1 True", $"{listed.Text("Source")} {listed.Text("Tag")} {listed.Text("Complete")}");
        Outcome outcome = Shell.Run(
            "Test-MirrorImage -DestinationStore app.tar -Comparison Platform -Explain -NoFailedList",
            $"{Registries.Source.Host}/library/app docker.io/library/app v1");
        Assert.Equal("DigestMismatch", outcome.Text("Reason"));
        var differences = (IEnumerable<object>)outcome.Only.Value("Differences")!;
        Assert.Contains("Recompressed", differences.Select(one => PSObject.AsPSObject(one).Text("Kind")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_docker_archive_is_refused_with_what_to_do(bool isOfPodman)
    {
        ToolStores.DockerArchive(isOfPodman).WriteInto(Shell.Directory);

        Outcome outcome = Shell.Run("Get-StoreImage app.tar");

        string message = outcome.Terminating!.Message;
        Assert.Contains("app.tar: a docker-archive, which has no manifests", message, StringComparison.Ordinal);
        Assert.Contains("skopeo copy --all", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_haul_for_containerd_lacks_the_marker_of_a_layout()
    {
        ToolStore store = ToolStores.All["hauler store save"]();
        store.Files.RemoveAll(file => file.Key == "oci-layout");
        store.WriteInto(Shell.Directory);

        Outcome outcome = Shell.Run("Get-StoreImage haul.tar.zst");

        Assert.Contains("haul.tar.zst: oci-layout is missing", outcome.Terminating!.Message, StringComparison.Ordinal);
    }

    private static BuiltManifest Swapped(BuiltManifest list, BuiltManifest second)
    {
        bool isDocker = list.MediaType.Contains("docker", StringComparison.Ordinal);
        return new IndexBuilder(isDocker ? ImageFormat.Docker : ImageFormat.Oci)
            .Add(list.Children[0]).Add(second).Build();
    }

    private ToolStore Write(string tool)
    {
        ToolStore store = ToolStores.All[tool]();
        store.WriteInto(Shell.Directory);
        return store;
    }

    private static string Argument(ToolStore store) => $"'{store.Binding}./{store.Name}'";
}

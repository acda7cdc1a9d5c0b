using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>How deep the destination is looked into, and what the result says of it.</summary>
public sealed class DepthTests : ModuleTest
{
    [Theory]
    [InlineData("", "Manifest", 2, 0, "Manifest: 2 manifests")]
    [InlineData("-Depth List", "List", 2, 0, "List: 2 manifests")]
    [InlineData("-Depth blob", "Blob", 2, 4, "Blob: 2 manifests, 4 blobs")]
    [InlineData("-Depth Content", "Content", 2, 4, "Content: 2 manifests, 4 blobs, ")]
    public void The_proof_tells_how_deep(string arguments, string level, int manifests, int blobs, string text)
    {
        Outcome outcome = Shell.Run($"Test-MirrorImage {arguments}", Right());
        Assert.Equal("Passed", outcome.Text("Status"));
        PSObject proof = PSObject.AsPSObject(outcome.Only.Value("Proof"));
        Assert.Equal((level, manifests, blobs), (proof.Text("Level"), proof.Value("Manifests"), proof.Value("Blobs")));
        Assert.Equal(level == "Content", (long)proof.Value("Bytes")! > 0);
        Assert.StartsWith(text, proof.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_of_a_blob_fails_and_names_it()
    {
        BuiltManifest list = SampleImages.DockerList("damaged");
        string line = Registries.Add("damaged", list);
        BuiltBlob layer = list.Child("linux/arm64/v8").Blobs[1];
        foreach (string repository in Registries.Destination.Store.Repositories) Registries.Destination.Store.DeleteBlob(repository, layer.Digest);
        Assert.Equal("Passed", Shell.Run("Test-MirrorImage", line).Text("Status"));
        Outcome outcome = Shell.Run("Test-MirrorImage -Depth Blob", line);
        Assert.Equal(("Failed", "BlobMissing"), (outcome.Text("Status"), outcome.Text("Reason")));
        Assert.Contains($"linux/arm64/v8 layer {layer.Digest}", outcome.Text("Message"), StringComparison.Ordinal);
        Assert.Equal("Manifest", PSObject.AsPSObject(outcome.Only.Value("Proof")).Text("Level"));
    }
}

using System.Collections;
using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>What Export-Clixml, remoting and jobs keep of the module's objects at whatever depth they use.</summary>
public sealed class SerializationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_result_keeps_digest_and_platform_of_its_specs(int times)
    {
        PSObject result = await RunAsync("$line | Test-MirrorImage", times);
        Assert.Equal("Deserialized.MirrorValidate.Validation.MirrorImageResult", result.TypeNames[0]);
        Assert.Equal("Passed", result.Text("Status"));
        var specs = Assert.IsAssignableFrom<IList>(PSObject.AsPSObject(result.Value("SourceSpec")).BaseObject);
        Assert.Equal(2, specs.Count);
        PSObject spec = PSObject.AsPSObject(specs[1]);
        Assert.Matches("^sha256:[0-9a-f]{64}$", spec.Text("Digest"));
        PSObject platform = PSObject.AsPSObject(spec.Value("Platform"));
        Assert.Equal(("linux", "arm64", "v8"), (platform.Text("OS"), platform.Text("Architecture"), platform.Text("Variant")));
        Assert.Equal("linux/arm64/v8", platform.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_result_keeps_its_proof(int times)
    {
        PSObject result = await RunAsync("$line | Test-MirrorImage -Depth Content", times);
        PSObject proof = PSObject.AsPSObject(result.Value("Proof"));
        Assert.Equal(("Content", 2, 4), (proof.Text("Level"), proof.Value("Manifests"), proof.Value("Blobs")));
        Assert.True((long)proof.Value("Bytes")! > 0);
        Assert.StartsWith("Content: 2 manifests, 4 blobs, ", proof.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_list_keeps_its_entries()
    {
        PSObject info = await RunAsync("Get-ManifestList \"$source/library/alpine:v1\"", times: 1);
        var entries = Assert.IsAssignableFrom<IList>(PSObject.AsPSObject(info.Value("Manifests")).BaseObject);
        Assert.Equal(4, entries.Count);
        PSObject entry = PSObject.AsPSObject(entries[0]);
        Assert.Matches("^sha256:[0-9a-f]{64}$", entry.Text("Digest"));
        Assert.Equal("amd64", PSObject.AsPSObject(entry.Value("Platform")).Text("Architecture"));
    }

    private static async Task<PSObject> RunAsync(string command, int times)
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        using var shell = new ModuleRunspace();
        var variables = new Dictionary<string, object?>
        {
            ["line"] = registries.Add("alpine", SampleImages.DockerList("alpine")),
            ["source"] = registries.Source.Host.ToString(),
        };
        string script =
            $"$s = [System.Management.Automation.PSSerializer]; $o = {command}; foreach ($i in 1..{times}) {{ $o = $s::Deserialize($s::Serialize($o, 1)) }}; $o";
        return shell.Run(script, variables).Only;
    }
}

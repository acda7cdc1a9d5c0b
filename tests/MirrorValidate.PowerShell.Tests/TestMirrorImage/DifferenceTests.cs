using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>What differs, as objects of a result, and what is asked for to learn more of it.</summary>
public sealed class DifferenceTests : ModuleTest
{
    [Fact]
    public void Differences_are_objects_with_cause_and_remedy()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        string line = Registries.Add("partial", list, SampleImages.Filtered(list, platform => platform.Architecture == "amd64"));
        PSObject[] differences = [.. Shell.Run("Test-MirrorImage | ForEach-Object { $_.Differences }", line).Output];
        Assert.Equal(["MissingPlatform", "FilteredIndex"], differences.Select(one => one.Text("Kind")));
        PSObject missing = differences[0];
        Assert.Equal(("linux/arm64/v8", list.Children[1].Digest, ""), (missing.Text("Platform"), missing.Text("Source"), missing.Text("Destination")));
        Assert.NotEmpty(missing.Text("Explanation"));
        Assert.NotEmpty(missing.Text("Remedy"));
        Assert.IsType<string>(missing.Value("Kind"));
    }

    [Theory]
    [InlineData("", "DigestDiffers")]
    [InlineData("-Explain", "StaleTag")]
    public void Why_is_learned_where_it_is_asked_for(string arguments, string kind)
    {
        string line = Registries.Add("stale", SampleImages.DockerList("new"), SampleImages.DockerList("old"));
        SampleImages.DockerList("old").PutInto(Registries.Source.Store, "library/stale", "v0");
        Outcome outcome = Shell.Run($"Test-MirrorImage {arguments}", line);
        Assert.Equal("SpecMismatch", outcome.Text("Reason"));
        BuiltManifest[] sides = [SampleImages.DockerList("new"), SampleImages.DockerList("old")];
        Assert.Equal(
            $"{kind} linux/amd64: {sides[0].Children[0].Digest} -> {sides[1].Children[0].Digest}; {kind} linux/arm64/v8: {sides[0].Children[1].Digest} -> {sides[1].Children[1].Digest}",
            outcome.Only.Value("Differences")!.ToString());
    }

    [Theory]
    [InlineData("", "Passed", "None")]
    [InlineData("-IncludeAttestation", "Failed", "AttestationMissing")]
    [InlineData("-IncludeReferrer", "Failed", "SignatureMissing")]
    public void What_belongs_to_an_image_is_looked_for_where_it_is_asked_for(string arguments, string status, string reason)
    {
        BuiltManifest index = SampleImages.OciIndex("s", attestations: true);
        string line = Registries.Add("signed", index, SampleImages.Filtered(index, platform => platform != ImagePlatform.Unknown));
        ArtifactBuilder.CosignSignature(index.Children[0]).PutInto(Registries.Source.Store, "library/signed", ArtifactBuilder.CosignTag(index.Children[0]));
        Outcome outcome = Shell.Run($"Test-MirrorImage {arguments}", line);
        Assert.Equal((status, reason), (outcome.Text("Status"), outcome.Text("Reason")));
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void An_entry_that_is_pinned_is_compared_by_its_digest()
    {
        BuiltManifest image = SampleImages.DockerList("s");
        Registries.Add("pinned", image);
        string source = $"{Registries.Source.Host}/library/pinned";
        string destination = $"{Registries.Destination.Host}/mirror/pinned";
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage -Source {source}:v1@{image.Digest} -Destination {destination}").Text("Status"));
        SampleImages.DockerList("moved").PutInto(Registries.Destination.Store, "mirror/pinned", "v1");
        Assert.Equal("TagDrift", Shell.Run($"Test-MirrorImage -Source {source} -Destination {destination} -Tag v1@{image.Digest}").Text("Reason"));
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage -Source {source}@{image.Digest} -Destination {destination}").Text("Status"));
        Assert.Contains($" v1@{image.Digest}", Shell.Run($"Test-MirrorImage -Source {source} -Destination {destination} -Tag v1@{image.Digest}; Get-Content ./mirror-validate-failed.txt").Output[^1].ToString(), StringComparison.Ordinal);
    }
}

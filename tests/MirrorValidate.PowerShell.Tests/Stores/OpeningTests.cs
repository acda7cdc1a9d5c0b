using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Stores;

namespace MirrorValidate.PowerShell.Tests.Stores;

/// <summary>A compressed store is read to its end first, and shows how far it is.</summary>
public sealed class OpeningTests : ModuleTest
{
    private readonly TypingHost _host = new();

    [Theory]
    [InlineData("Get-StoreImage ./app.tar.gz")]
    [InlineData(
        "'docker.io/library/app REG/library/app v1' | Test-MirrorImage -SourceStore ./app.tar.gz -NoFailedList")]
    [InlineData("'oci-archive:./app.tar.gz:v1 REG/library/app v1' | Test-MirrorImage -NoFailedList")]
    [InlineData("'REG/library/app oci-archive:./app.tar.gz:v1 v1' | Test-MirrorImage -NoFailedList")]
    [InlineData("Get-ManifestList oci-archive:./app.tar.gz:v1")]
    public void It_shows_how_far_it_is(string script)
    {
        using ModuleRunspace shell = WithStore(isDamaged: false);

        Outcome outcome = shell.Run(script.Replace("REG", Registries.Source.Host, StringComparison.Ordinal));

        Assert.Empty(outcome.Errors);
        Assert.True(outcome.Terminating is null, $"{outcome.Terminating}");
        ProgressRecord[] shown =
            [.. _host.Progress.Where(record => record.Activity == "Reading the store ./app.tar.gz")];
        Assert.Matches(@"^\d+ of \d+ MiB$", shown[0].StatusDescription);
        Assert.InRange(shown[0].PercentComplete, 0, 100);
        Assert.Equal(ProgressRecordType.Completed, shown[^1].RecordType);
        Assert.Single(shown, record => record.RecordType == ProgressRecordType.Completed);
    }

    [Theory]
    [InlineData("Get-StoreImage ./app.tar.gz")]
    [InlineData("'oci-archive:./app.tar.gz:v1 REG/library/app v1' | Test-MirrorImage -NoFailedList")]
    public void It_is_taken_away_where_the_store_is_damaged(string script)
    {
        using ModuleRunspace shell = WithStore(isDamaged: true);

        Outcome outcome = shell.Run(script.Replace("REG", Registries.Source.Host, StringComparison.Ordinal));

        string message = outcome.Terminating?.Message ?? outcome.Errors.Single().Exception.Message;
        Assert.Contains(
            "its gzip data is damaged, cut off, or followed by something else", message, StringComparison.Ordinal);
        Assert.Equal(
            _host.Progress.Count(record => record.RecordType == ProgressRecordType.Completed),
            _host.Progress.Select(record => record.Activity).Distinct().Count());
    }

    [Fact]
    public void A_preference_turns_it_off()
    {
        using ModuleRunspace shell = WithStore(isDamaged: false);

        shell.Run("Get-StoreImage ./app.tar.gz -ProgressAction Ignore");

        Assert.Empty(_host.Progress);
    }

    // What cannot be compressed takes several reads.
    private ModuleRunspace WithStore(bool isDamaged)
    {
        var shell = new ModuleRunspace(_host);
        BuiltManifest image = SampleImages.DockerList("app");
        image.PutInto(Registries.Source.Store, "library/app", "v1");
        string[] names = [StoreFiles.ContainerdName, "docker.io/library/app:v1", StoreFiles.RefName, "v1"];
        StoreFiles files = StoreFiles.Layout((image, names));
        byte[] noise = new byte[1_000_000];
        new Random(1).NextBytes(noise);
        files["noise"] = noise;
        byte[] archive = StoreFiles.GZip(files.ToTar());
        File.WriteAllBytes(shell.FilePath("app.tar.gz"), isDamaged ? archive[..^1] : archive);
        return shell;
    }
}

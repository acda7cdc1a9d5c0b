using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests.Stores;

/// <summary>
/// A process that is killed while it saves leaves the store as it was, and the next one completes it.
/// </summary>
public sealed class KilledSavingTests : ModuleTest
{
    [Theory]
    [InlineData("store.tar")]
    [InlineData("store")]
    public async Task What_was_saved_before_stays_as_it_was(string store)
    {
        string[] sources = [SourceOf(Right("first")), SourceOf(Right("second")), SourceOf(Right("hanging"))];
        Shell.WriteFile("list.txt", sources);

        await KillAsync(store);
        Assert.False(Path.Exists(Shell.FilePath(store)));

        Assert.Equal(["Saved"], Save(store, sources[0]));
        Dictionary<string, byte[]> before = Files(store);
        await KillAsync(store);
        Assert.Equal(before, Files(store));

        Assert.Equal(["Saved", "Saved", "Saved"], Save(store, sources));
        Outcome listed = Shell.Run($"(Get-StoreImage {store}).Count");
        Assert.Equal(3, listed.Only.BaseObject);
        Outcome passed = Shell.Run(
            $"Test-MirrorImage list.txt -SourceStore {store} -d {Registries.Source.Host} -NoFailedList");
        Assert.Equal(["Passed", "Passed", "Passed"], passed.Output.Select(result => result.Text("Status")));
    }

    private static string SourceOf(string line) => line.Split(' ')[0] + ":v1";

    private async Task KillAsync(string store)
    {
        Fault fault = Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        DotNetProcess process = ModuleProcess.Start(Shell.Directory, $"Save-MirrorSource list.txt -StorePath {store}");
        await using (process) await Patience.UntilAsync(() => fault.Hits > 0, "the last image");
        Registries.Source.Faults.Clear();
    }

    private IEnumerable<string> Save(string store, params string[] sources) =>
        Shell.Run($"Save-MirrorSource -StorePath {store}", sources).Output.Select(saved => saved.Text("Status"));

    // A store that is a file, or the files of a folder.
    private Dictionary<string, byte[]> Files(string store)
    {
        string path = Shell.FilePath(store);
        IEnumerable<string> files =
            File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories);
        return files.ToDictionary(file => file, File.ReadAllBytes);
    }
}

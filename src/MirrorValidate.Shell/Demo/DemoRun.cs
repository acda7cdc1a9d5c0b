using System.Management.Automation;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Shell.Hosting;
using MirrorValidate.Shell.Running;

namespace MirrorValidate.Shell.Demo;

/// <summary>
/// Shows the main job without any network: two registries in this process, a mirror with one defect of each class that the FAQ names,
/// and the commands that a user would type, each printed before it runs.
/// </summary>
internal sealed class DemoRun(ShellSession session, ShellConsole console)
{
    private const string ListFile = "image-list.txt";
    private const string FailedListFile = "mirror-validate-failed.txt";

    /// <summary>Runs it.</summary>
    /// <returns>How the first command ended that did not complete, else <see cref="RunResult.Completed"/>.</returns>
    public async Task<RunResult> RunAsync()
    {
        await using EmbeddedRegistry source = await EmbeddedRegistry.StartAsync();
        await using EmbeddedRegistry mirror = await EmbeddedRegistry.StartAsync();
        string folder = Directory.CreateTempSubdirectory("mirror-validate-demo-").FullName;
        await File.WriteAllLinesAsync(
            Path.Combine(folder, ListFile), ["# SOURCE DESTINATION TAG", .. DemoImages.Seed(source.Store, mirror.Store)]);

        Say($"Two registries run in this process: the source at {source.Host}, its mirror at {mirror.Host}.");
        Say($"The images to check, in {folder}:");
        return RunAll(
            [
                $"Set-Location '{folder}'",
                $"Get-Content {ListFile}",
                $"Get-Content {ListFile} | Test-MirrorImage -SourceRegistry {source.Host} -DestinationRegistry {mirror.Host}"
                    + " -ThrottleLimit 10 -OutVariable results",
                "$results | Where-Object Reason -eq SpecMismatch | Select-Object -First 1 | Format-List",
                $"Get-Content {FailedListFile}",
            ]);
    }

    private RunResult RunAll(IEnumerable<string> commands)
    {
        foreach (string command in commands)
        {
            Say("");
            Say($"{PSStyle.Instance.Foreground.BrightBlue}PS> {PSStyle.Instance.Reset}{command}");
            RunResult result = session.Run(command);
            if (result != RunResult.Completed)
                return result;
        }

        return RunResult.Completed;
    }

    private void Say(string text) => console.WriteLine(console.Output, text);
}

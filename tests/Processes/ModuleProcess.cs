namespace MirrorValidate.Tests.Processes;

/// <summary>Starts scripts in a real pwsh that has imported the built module.</summary>
internal static class ModuleProcess
{
    /// <summary>Starts a script; its standard input stays open.</summary>
    /// <param name="directory">
    /// The current folder, which is also the home folder, so that no files of the user are read.
    /// </param>
    /// <param name="script">The script.</param>
    /// <param name="environment">Additional environment variables.</param>
    internal static DotNetProcess Start(
        string directory, string script, IReadOnlyDictionary<string, string>? environment = null) =>
        DotNetProcess.Start(
            BuildValues.Pwsh,
            [
                "-NoProfile", "-NonInteractive", "-Command",
                $"$PSStyle.OutputRendering = 'PlainText'; Import-Module '{BuildValues.ModuleManifest}'; {script}",
            ],
            new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
            {
                ["HOME"] = directory,
                ["DOCKER_CONFIG"] = directory,
            },
            directory);

    /// <summary>Runs a script without input and waits for its end.</summary>
    internal static async Task<ProcessOutput> RunAsync(
        string directory, string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using DotNetProcess process = Start(directory, script, environment);
        return await process.EndInputAsync();
    }
}

using System.Management.Automation.Runspaces;
using System.Reflection;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Test-MirrorImage in this process, with the module already imported.</summary>
internal sealed class WarmModule : IDisposable
{
    private readonly Runspace _runspace;

    internal WarmModule()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Metadata("ModuleManifest")]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>A value that the build wrote into this assembly.</summary>
    internal static string Metadata(string key) => typeof(WarmModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>Validates a list. Throws unless every line passes, so that a failure is not measured.</summary>
    /// <param name="list">The list.</param>
    /// <param name="throttle">The number of images at once.</param>
    /// <param name="results">The result file, whose run is continued; <see langword="null"/> for none.</param>
    internal void Validate(string list, int throttle, string? results = null)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddCommand("Test-MirrorImage").AddParameter("Path", list).AddParameter("ThrottleLimit", throttle)
            .AddParameter("NoFailedList").AddParameter("Quiet");
        if (results is not null) shell.AddParameter("ResultPath", results).AddParameter("Resume");
        if (shell.Invoke<bool>() is not [true])
            throw new InvalidOperationException("the benchmark's images did not pass");
    }

    /// <summary>Validates every byte of an image against itself. Throws unless it passes.</summary>
    internal void ValidateContent(string image, string tag)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddCommand("Test-MirrorImage").AddParameter("Source", image).AddParameter("Destination", image)
            .AddParameter("Tag", tag).AddParameter("Comparison", "Platform").AddParameter("Depth", "Content")
            .AddParameter("NoFailedList").AddParameter("Quiet");
        if (shell.Invoke<bool>() is not [true])
            throw new InvalidOperationException("the benchmark's image did not pass");
    }

    public void Dispose() => _runspace.Dispose();
}

using System.Management.Automation.Runspaces;
using System.Reflection;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Test-MirrorImage in this process, its module imported before the clock runs.</summary>
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

    /// <summary>A value that the build put into this assembly.</summary>
    internal static string Metadata(string key) => typeof(WarmModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>Validates a list; anything but a pass of every line is an error, so that no failure is measured as speed.</summary>
    internal void Validate(MirroredImages images, int throttle)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddCommand("Test-MirrorImage").AddParameter("Path", images.ListPath).AddParameter("ThrottleLimit", throttle)
            .AddParameter("NoFailedList").AddParameter("Quiet");
        if (shell.Invoke<bool>() is not [true]) throw new InvalidOperationException("the benchmark's images did not pass");
    }

    /// <summary>Validates one image against itself, every byte of it; anything but a pass is an error.</summary>
    internal void ValidateContent(string image, string tag)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddCommand("Test-MirrorImage").AddParameter("Source", image).AddParameter("Destination", image).AddParameter("Tag", tag)
            .AddParameter("Comparison", "Platform").AddParameter("Depth", "Content").AddParameter("NoFailedList").AddParameter("Quiet");
        if (shell.Invoke<bool>() is not [true]) throw new InvalidOperationException("the benchmark's image did not pass");
    }

    public void Dispose() => _runspace.Dispose();
}

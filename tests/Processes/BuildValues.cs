using System.Reflection;

namespace MirrorValidate.Tests.Processes;

/// <summary>Paths that the build wrote into the test assembly.</summary>
internal static class BuildValues
{
    /// <summary>The assembly of the pwsh that the tool manifest names.</summary>
    internal static string Pwsh { get; } = Get("Pwsh");

    internal static string RepositoryRoot { get; } = Get("RepositoryRoot");

    internal static string ModuleManifest =>
        Path.Combine(RepositoryRoot, "artifacts", "module", "MirrorValidate", "MirrorValidate.psd1");

    /// <exception cref="InvalidOperationException">The build wrote no such value.</exception>
    internal static string Get(string key) => typeof(BuildValues).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

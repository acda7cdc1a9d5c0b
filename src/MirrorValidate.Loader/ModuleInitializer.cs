using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace MirrorValidate.Loader;

/// <summary>
/// Keeps the module's dependencies apart from the host's and from other modules': the cmdlet assembly and everything
/// it needs load into a private <see cref="AssemblyLoadContext"/> that probes <c>Dependencies/</c> first and falls back
/// to the host's own assemblies (System.Management.Automation among them).
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string CmdletAssembly = "MirrorValidate.PowerShell";

    /// <summary>Called by PowerShell when this assembly is imported as a nested module.</summary>
    public void OnImport() => AssemblyLoadContext.Default.Resolving += ResolveCmdletAssembly;

    /// <summary>Called by PowerShell when the module is removed; what is loaded stays loaded, as in every .NET process.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= ResolveCmdletAssembly;

    private static Assembly? ResolveCmdletAssembly(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == CmdletAssembly ? DependencyContext.Instance.LoadFromAssemblyName(name) : null;

    private sealed class DependencyContext() : AssemblyLoadContext("MirrorValidate")
    {
        internal static readonly DependencyContext Instance = new();

        private readonly string _directory = Path.Combine(
            Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "Dependencies");

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(_directory, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}

using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace MirrorValidate.Loader;

/// <summary>
/// Isolates the module's dependencies from those of the host and other modules: the cmdlet assembly and its
/// dependencies load into a private <see cref="AssemblyLoadContext"/>, which falls back to the host's assemblies, such
/// as System.Management.Automation.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string CmdletAssembly = "MirrorValidate.PowerShell";

    /// <summary>Called by PowerShell when this assembly is imported as a nested module.</summary>
    public void OnImport() => AssemblyLoadContext.Default.Resolving += ResolveCmdletAssembly;

    /// <summary>
    /// Called by PowerShell when the module is removed. Loaded assemblies stay loaded, as in every .NET process.
    /// </summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= ResolveCmdletAssembly;

    /// <summary>
    /// Imports the cmdlet assembly into the module that is being imported. Called by the module's script.
    /// </summary>
    /// <param name="module">The module that is being imported.</param>
    public static void ImportCommands(PSModuleInfo module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        PSModuleInfo commands = shell.AddCommand("Import-Module")
            .AddParameter("Assembly", Assembly.Load(CmdletAssembly))
            .AddParameter("PassThru").AddParameter("ErrorAction", "Stop")
            .Invoke<PSModuleInfo>().Single();
        // On an import with -Force the engine already knows the assembly and does not add its commands to the module
        // (PowerShell/PowerShell issue 20710), so they are added here.
        foreach (CmdletInfo cmdlet in commands.ExportedCmdlets.Values) Export(module, "AddExportedCmdlet", cmdlet);
        foreach (AliasInfo alias in commands.ExportedAliases.Values) Export(module, "AddExportedAlias", alias);
    }

    private static void Export(PSModuleInfo module, string method, CommandInfo command) =>
        typeof(PSModuleInfo).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)?
            .Invoke(module, [command]);

    private static Assembly? ResolveCmdletAssembly(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == CmdletAssembly ? DependencyContext.Instance.LoadFromAssemblyName(name) : null;
}

using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MirrorValidate.Loader;

/// <summary>
/// Loads the cmdlet assembly and its dependencies: from the folder compiled ahead of time for this runtime if there is
/// one, else from <c>Dependencies/</c>. All other assemblies come from the host.
/// </summary>
internal sealed class DependencyContext() : AssemblyLoadContext("MirrorValidate")
{
    internal static readonly DependencyContext Instance = new();

    private readonly string[] _directories = Directories(
        Path.Combine(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!, "Dependencies"));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        foreach (string directory in _directories)
        {
            string path = Path.Combine(directory, assemblyName.Name + ".dll");
            if (File.Exists(path)) return LoadFromAssemblyPath(path);
        }

        return null;
    }

    private static string[] Directories(string portable)
    {
        string precompiled = Path.Combine(
            portable, $"net{Environment.Version.Major}.0", RuntimeInformation.RuntimeIdentifier);
        return Directory.Exists(precompiled) ? [precompiled, portable] : [portable];
    }
}

using System.Reflection;

namespace MirrorValidate.Shell.Running;

/// <summary>Where the module lies that the shell imports.</summary>
internal static class ModuleLocation
{
    private const string Manifest = "MirrorValidate.psd1";

    /// <summary>
    /// The manifest that the build laid out; else one beside the executable (<c>MirrorValidate/</c> or <c>module/MirrorValidate/</c>),
    /// where a copy of both on another machine has it.
    /// </summary>
    public static string Find()
    {
        string built = typeof(ModuleLocation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "ModuleManifest").Value!;
        string[] candidates =
        [
            built,
            Path.Combine(AppContext.BaseDirectory, "MirrorValidate", Manifest),
            Path.Combine(AppContext.BaseDirectory, "module", "MirrorValidate", Manifest),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? built;
    }
}

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>Finds the files of the repository that the tests are part of.</summary>
internal static class RepositoryFiles
{
    internal static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    internal static string Module => Path.Combine(Root, "module");

    internal static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static string FindRoot(string directory) => File.Exists(Path.Combine(directory, "MirrorValidate.PowerShell.sln"))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("the tests do not run from within the repository"));
}

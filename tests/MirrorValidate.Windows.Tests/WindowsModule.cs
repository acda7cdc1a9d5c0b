using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Tests.Processes;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// The module in PowerShell for Windows, and a source registry on the Linux beside it; for all tests of a class.
/// </summary>
public sealed class WindowsModule : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirror-validate-windows-");
    private WinePrefix? _wine;
    private EmbeddedRegistry? _source;

    public async Task InitializeAsync()
    {
        if (WinePrefix.SkipReason is not null) return;
        _wine = await WinePrefix.CreateAsync();
        _source = await EmbeddedRegistry.StartAsync();
        DemoImages.Seed(_source.Store, _source.Store);
    }

    public async Task DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        if (_wine is not null) await _wine.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Starts a registry that has the mirrored images.</summary>
    internal static async Task<EmbeddedRegistry> StartMirrorAsync(EmbeddedRegistryOptions options)
    {
        EmbeddedRegistry registry = await EmbeddedRegistry.StartAsync(options);
        DemoImages.Seed(new RegistryStore(), registry.Store);
        return registry;
    }

    /// <summary>Writes a file, in a folder of its own for each test.</summary>
    /// <returns>Its path.</returns>
    internal string Write(string text, params string[] path)
    {
        string file = Path.Combine([_folder.FullName, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>The folder of a test.</summary>
    internal string FolderOf(string test) => Path.Combine(_folder.FullName, test);

    /// <summary>Validates a mirrored image.</summary>
    /// <param name="mirror">The registry that has it, as a list would name it.</param>
    /// <param name="parameters">Parameters of Validate.ps1 and their values; paths are those of Linux.</param>
    /// <param name="environment">Additional environment variables.</param>
    /// <returns>The status, the reason and the message.</returns>
    internal async Task<string> ValidateAsync(
        string mirror,
        IReadOnlyDictionary<string, string> parameters,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string script =
            Path.Combine(BuildValues.RepositoryRoot, "tests", "MirrorValidate.Windows.Tests", "Validate.ps1");
        string line = $"{_source!.Host}/library/alpine {mirror}/mirror/alpine 3.20";
        string[] fixedArguments = ["-Manifest", WinePrefix.WindowsPath(BuildValues.ModuleManifest), "-Line", line];
        IEnumerable<string> more =
            parameters.SelectMany(pair => new[] { pair.Key, WinePrefix.WindowsPath(pair.Value) });
        ProcessOutput output = await _wine!.RunScriptAsync(script, [.. fixedArguments, .. more], environment);
        Assert.True(output.ExitCode == 0, output.Output + output.Error);
        return output.Output.Trim();
    }
}

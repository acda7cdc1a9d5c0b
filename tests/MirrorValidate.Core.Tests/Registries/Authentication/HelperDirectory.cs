namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>
/// Credential helpers in a directory on the PATH of this process, and in one that the PATH names by a relative path.
/// Each helper has a name of its own, so that nothing else on the PATH is hidden.
/// </summary>
public sealed class HelperDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("helpers");
    private readonly DirectoryInfo _relative = Directory.CreateTempSubdirectory("relative");
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    /// <summary>Puts the directories on the PATH.</summary>
    public HelperDirectory() => Environment.SetEnvironmentVariable(
        "PATH",
        string.Join(
            Path.PathSeparator,
            Path.GetRelativePath(Environment.CurrentDirectory, _relative.FullName),
            _directory.FullName,
            _path));

    /// <summary>The full path of a file beside the helpers.</summary>
    internal string PathOf(string file) => Path.Combine(_directory.FullName, file);

    /// <summary>Writes a helper as a shell script, and returns its name.</summary>
    internal string Write(string script) => WriteFile(_directory, $"#!/bin/sh\n{script}\n", UnixFileMode.UserExecute);

    /// <summary>Writes a helper that the system cannot run.</summary>
    internal string WriteBroken() => WriteFile(_directory, "\u0001\u0002 not a program", UnixFileMode.UserExecute);

    /// <summary>Writes a helper that nobody may run.</summary>
    internal string WriteNotExecutable() => WriteFile(_directory, "#!/bin/sh\n", UnixFileMode.None);

    /// <summary>Writes a helper that only a relative entry of the PATH leads to.</summary>
    internal string WriteRelative() => WriteFile(_relative, "#!/bin/sh\n", UnixFileMode.UserExecute);

    /// <inheritdoc/>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _directory.Delete(recursive: true);
        _relative.Delete(recursive: true);
    }

    private static string WriteFile(DirectoryInfo directory, string text, UnixFileMode execute)
    {
        string name = Guid.NewGuid().ToString("N");
        string path = Path.Combine(directory.FullName, $"docker-credential-{name}");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | execute);
        return name;
    }
}

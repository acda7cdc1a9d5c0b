namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>A temporary directory for a test. Deleted with its content when disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mirrorvalidate-").FullName;

    /// <summary>The path of a file or directory in this one. It need not exist.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}

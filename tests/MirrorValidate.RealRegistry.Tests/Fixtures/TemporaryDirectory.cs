namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>A directory of one test, deleted with all that it holds.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mirrorvalidate-").FullName;

    /// <summary>Path of a file or directory below this one; it need not exist.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}

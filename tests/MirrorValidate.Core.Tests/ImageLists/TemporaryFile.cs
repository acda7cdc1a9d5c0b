namespace MirrorValidate.Core.Tests.ImageLists;

/// <summary>A file for one test, in a directory of its own.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mirror-validate-");

    internal TemporaryFile(byte[]? content = null)
    {
        Path = System.IO.Path.Combine(_directory.FullName, "list.txt");
        if (content is not null) File.WriteAllBytes(Path, content);
    }

    internal string Path { get; }

    /// <summary>The names of all files beside it, itself included.</summary>
    internal IEnumerable<string> Names => _directory.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    public void Dispose() => _directory.Delete(recursive: true);
}

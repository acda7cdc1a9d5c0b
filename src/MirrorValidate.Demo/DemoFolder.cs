namespace MirrorValidate.Demo;

/// <summary>
/// A temporary folder with the image list. It is the current folder until disposed, and is then deleted.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("mirror-validate-demo-").FullName;
    private readonly string _before = Directory.GetCurrentDirectory();

    private DemoFolder()
    {
    }

    /// <summary>Creates the folder, writes <c>image-list.txt</c> and makes the folder the current one.</summary>
    /// <param name="images">The lines of the list.</param>
    internal static DemoFolder Enter(IEnumerable<string> images)
    {
        var folder = new DemoFolder();
        File.WriteAllLines(Path.Combine(folder._path, "image-list.txt"), ["# SOURCE DESTINATION TAG", .. images]);
        Directory.SetCurrentDirectory(folder._path);
        return folder;
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_path, recursive: true);
    }
}

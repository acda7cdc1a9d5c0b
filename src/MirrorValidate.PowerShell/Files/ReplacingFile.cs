namespace MirrorValidate.PowerShell.Files;

/// <summary>
/// A file that is written beside the one that it replaces when it is complete. So that one may be read meanwhile, and
/// stays as it was if the pipeline stops.
/// </summary>
internal sealed class ReplacingFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _isOpen = true;

    /// <summary>Creates the file.</summary>
    /// <param name="path">The file to replace; it need not exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    internal ReplacingFile(string path)
    {
        _path = path;
        _temporary = $"{path}.{Path.GetRandomFileName()}";
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>What is written.</summary>
    internal Stream Stream => _stream;

    /// <summary>Replaces the file.</summary>
    internal void Complete()
    {
        Close();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Deletes what was written. Without <see cref="Complete"/> the file stays as it was.</summary>
    public void Dispose()
    {
        if (_isOpen) Close();
        File.Delete(_temporary);
    }

    private void Close()
    {
        _isOpen = false;
        _stream.Dispose();
    }
}

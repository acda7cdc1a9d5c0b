using System.Text;

namespace MirrorValidate.PowerShell.Files;

/// <summary>
/// Writes lines to a list file, UTF-8 without byte order mark, LF. The lines go to a temporary file beside it, which
/// replaces the list when it is complete. So a list can be written from its own entries, and stays as it was if the
/// pipeline stops.
/// </summary>
internal sealed class ListFileWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly bool _append;
    private readonly StreamWriter _writer;
    private bool _isOpen = true;

    /// <summary>Opens the temporary file.</summary>
    /// <param name="path">The list file.</param>
    /// <param name="append">Whether to append to the list instead of replacing it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    internal ListFileWriter(string path, bool append)
    {
        _path = path;
        _append = append;
        _temporary = $"{path}.{Path.GetRandomFileName()}";
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _writer = new StreamWriter(_temporary, append: false, encoding) { NewLine = "\n" };
    }

    internal void WriteLine(string line) => _writer.WriteLine(line);

    /// <summary>Replaces the list with the lines, or appends them.</summary>
    internal void Complete()
    {
        Close();
        if (_append && File.Exists(_path))
        {
            Append();
            File.Delete(_temporary);
        }
        else
        {
            File.Move(_temporary, _path, overwrite: true);
        }
    }

    /// <summary>Deletes the temporary file. Without <see cref="Complete"/> the list stays as it was.</summary>
    public void Dispose()
    {
        if (_isOpen) Close();
        File.Delete(_temporary);
    }

    private void Close()
    {
        _isOpen = false;
        _writer.Dispose();
    }

    private void Append()
    {
        using var list = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite);
        if (list.Length > 0)
        {
            list.Seek(-1, SeekOrigin.End);
            if (list.ReadByte() != '\n') list.WriteByte((byte)'\n');
        }

        using var lines = new FileStream(_temporary, FileMode.Open, FileAccess.Read);
        lines.CopyTo(list);
    }
}

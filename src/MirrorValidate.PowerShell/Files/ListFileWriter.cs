using System.Text;

namespace MirrorValidate.PowerShell.Files;

/// <summary>
/// Writes lines to a list file, UTF-8 without byte order mark, LF. They are kept in a file beside it until all are there, so that the
/// list may be made from itself, and stays as it was where the pipeline is cut short.
/// </summary>
internal sealed class ListFileWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly bool _append;
    private readonly StreamWriter _writer;
    private bool _isOpen = true;

    /// <summary>Begins to write.</summary>
    /// <param name="path">The list file.</param>
    /// <param name="append">Whether the lines come after what it has already.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    internal ListFileWriter(string path, bool append)
    {
        _path = path;
        _append = append;
        _temporary = $"{path}.{Path.GetRandomFileName()}";
        _writer = new StreamWriter(_temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    internal void WriteLine(string line) => _writer.WriteLine(line);

    /// <summary>Puts the lines where they belong.</summary>
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

    /// <summary>Leaves the file as it was, unless all was written.</summary>
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

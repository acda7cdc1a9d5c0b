using System.Text;

namespace MirrorValidate.PowerShell.Files;

/// <summary>
/// Writes lines to a list file, UTF-8 without byte order mark, LF. A list can be written from its own entries, and
/// stays as it was if the pipeline stops.
/// </summary>
internal sealed class ListFileWriter : IDisposable
{
    private readonly string _path;
    private readonly bool _append;
    private readonly ReplacingFile _file;
    private readonly StreamWriter _writer;

    /// <summary>Opens a file beside the list.</summary>
    /// <param name="path">The list file.</param>
    /// <param name="append">Whether to append to the list instead of replacing it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    internal ListFileWriter(string path, bool append)
    {
        _path = path;
        _append = append;
        _file = new ReplacingFile(path);
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _writer = new StreamWriter(_file.Stream, encoding, leaveOpen: true) { NewLine = "\n" };
    }

    internal void WriteLine(string line) => _writer.WriteLine(line);

    /// <summary>Replaces the list with the lines, or appends them.</summary>
    internal void Complete()
    {
        _writer.Flush();
        if (_append && File.Exists(_path)) Append();
        else _file.Complete();
    }

    /// <summary>Without <see cref="Complete"/> the list stays as it was.</summary>
    public void Dispose() => _file.Dispose();

    private void Append()
    {
        using var list = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite);
        if (list.Length > 0)
        {
            list.Seek(-1, SeekOrigin.End);
            if (list.ReadByte() != '\n') list.WriteByte((byte)'\n');
        }

        _file.Stream.Position = 0;
        _file.Stream.CopyTo(list);
    }
}

using System.Text;

namespace MirrorValidate.ImageLists;

/// <summary>
/// The list of the entries that did not pass. While the run goes on they are flushed to <c>PATH.partial</c>; when it
/// has ended the list, in list order, replaces <c>PATH</c> in one rename. A run that is cut short leaves <c>PATH</c> as
/// it was.
/// </summary>
/// <remarks>The partial file also tells another run that <c>PATH</c> is taken: see <see cref="Create"/>.</remarks>
internal sealed class FailedList : IDisposable
{
    private readonly List<(int Id, long Offset, int Length)> _entries = [];
    private readonly FileStream _partial;
    private readonly string _partialPath;
    private bool _isOpen = true;

    private FailedList(string path, string partialPath, FileStream partial)
    {
        Path = path;
        _partialPath = partialPath;
        _partial = partial;
    }

    /// <summary>The file that the list will be.</summary>
    public string Path { get; }

    /// <summary>The file that entries are flushed to while the run goes on.</summary>
    public string PartialPath => _partialPath;

    /// <summary>
    /// Where the partial file of a run that was cut short was moved, since it may be the only place that names what had
    /// failed, or the list of this run; <see langword="null"/> where there was none.
    /// </summary>
    public string? SetAside { get; private init; }

    /// <summary>How many entries it has so far.</summary>
    public int Count => _entries.Count;

    /// <summary>
    /// Begins a list. Where another run that has not ended is writing <paramref name="path"/>, the list goes to a file
    /// of the same name with a number, so that neither loses what the other names.
    /// </summary>
    /// <exception cref="IOException">The partial file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The partial file may not be written.</exception>
    public static FailedList Create(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string? setAside = null;
        for (int number = 1; ; number++)
        {
            string candidate = number == 1
                ? path
                : System.IO.Path.ChangeExtension(path, $"{number}{System.IO.Path.GetExtension(path)}");
            string partialPath = candidate + ".partial";
            FileStream? partial = PartialFile.TryCreate(partialPath, out string? moved);
            // Who moved a killed run's file may still lose the name to another run that starts in the same moment.
            setAside ??= moved;
            if (partial is not null) return new FailedList(candidate, partialPath, partial) { SetAside = setAside };
        }
    }

    /// <summary>Adds an entry; it is on disk when this returns.</summary>
    /// <param name="id">The entry's number in the list.</param>
    /// <param name="line">Its line as read.</param>
    public void Add(int id, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        _entries.Add((id, _partial.Position, bytes.Length));
        _partial.Write(bytes);
        _partial.Flush();
    }

    /// <summary>
    /// Ends the list. Entries: they replace the file. None: the file is removed, or emptied where it was an input of
    /// the run, so that what named it still finds it.
    /// </summary>
    /// <param name="wasInput">Whether <see cref="Path"/> was an input of the run.</param>
    /// <exception cref="IOException">
    /// The file cannot be replaced or removed: on Windows because another program has it open, for example. The entries
    /// stay in <see cref="PartialPath"/>.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="IOException"/>.</exception>
    public void Complete(bool wasInput)
    {
        if (_entries.Count > 0 && !IsInListOrder())
        {
            ReplaceWithSorted(_partialPath + ".sorted");
            File.Delete(_partialPath);
        }
        else if (_entries.Count > 0 || wasInput)
        {
            _partial.Flush(flushToDisk: true);
            File.Move(_partialPath, Path, overwrite: true);
        }
        else
        {
            File.Delete(Path);
            File.Delete(_partialPath);
        }

        Close();
    }

    /// <summary>Gives up: what failed so far stays in the partial file, and an empty one is removed.</summary>
    public void Dispose()
    {
        if (!_isOpen) return;
        if (_entries.Count == 0) File.Delete(_partialPath);
        Close();
    }

    // Last of all: a partial file that is closed is another run's to remove.
    private void Close()
    {
        _isOpen = false;
        _partial.Dispose();
    }

    private bool IsInListOrder() => _entries.Zip(_entries.Skip(1)).All(pair => pair.First.Id <= pair.Second.Id);

    private void ReplaceWithSorted(string sortedPath)
    {
        try
        {
            WriteSorted(sortedPath);
            File.Move(sortedPath, Path, overwrite: true);
        }
        catch
        {
            // The partial file has the entries, and they are enough once.
            File.Delete(sortedPath);
            throw;
        }
    }

    // Beside the partial file, which stays whole until the list is.
    private void WriteSorted(string path)
    {
        using var sorted = new FileStream(path, FileMode.Create, FileAccess.Write);
        foreach ((_, long offset, int length) in _entries.OrderBy(entry => entry.Id))
        {
            byte[] line = new byte[length];
            _partial.Position = offset;
            _partial.ReadExactly(line);
            sorted.Write(line);
        }

        sorted.Flush(flushToDisk: true);
    }
}

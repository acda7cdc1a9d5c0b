using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.ResultFiles;

/// <summary>
/// A file that results are appended to, one JSON line each, the moment they are known. It survives the end of the
/// process at any moment; only power loss can tear the last line, which the next run mends.
/// </summary>
/// <remarks>
/// While a run goes on there is a second file, <c>PATH.unfinished</c>. The run holds it alone, so that there is one
/// writer; and where it is left, the run did not end.
/// </remarks>
internal sealed class ResultFile : IDisposable
{
    private readonly object _gate = new();
    private readonly ResultWriter _writer = new();
    private readonly ResultFileMark _mark;
    private readonly FileStream _file;
    private bool _isOpen = true;

    private ResultFile(string path, ResultFileMark mark, FileStream file)
    {
        Path = path;
        _mark = mark;
        _file = file;
    }

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>The number of bytes of a torn last line that were removed; 0 for none.</summary>
    internal int RemovedBytes { get; private init; }

    /// <summary>Opens a file for a run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="opening">What becomes of one that exists.</param>
    /// <param name="passed">Takes the results that are there; <see langword="null"/> where they do not matter.</param>
    /// <exception cref="ResultFileException">It cannot be used for results.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    internal static ResultFile Open(string path, ResultFileOpening opening, PassedEntries? passed = null)
    {
        RefuseExisting(path, opening);
        ResultFileMark mark = ResultFileMark.Claim(path);
        FileStream? file = null;
        try
        {
            // Another run may have ended in the meantime.
            RefuseExisting(path, opening);
            // Written to the system line by line.
            file = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
            int removed = opening == ResultFileOpening.Append ? ResultFileEnd.Mend(file, passed) : 0;
            if (opening == ResultFileOpening.Replace) ResultFileEnd.Clear(file);
            return new ResultFile(path, mark, file) { RemovedBytes = removed };
        }
        catch
        {
            file?.Dispose();
            mark.Release();
            throw;
        }
    }

    /// <summary>
    /// Appends a result; the system has it when this returns. From any thread. A result that comes after the end of a
    /// run that was stopped is left out, as if it had not been known in time.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Add(MirrorImageResult result)
    {
        lock (_gate)
        {
            if (_isOpen) _file.Write(_writer.Write(result, after: "\n"u8));
        }
    }

    /// <summary>Notes that the run has ended, and all its results are on disk.</summary>
    /// <param name="unreadLists">
    /// What is wrong with each list that was not read: the results are not of all entries then.
    /// </param>
    internal void Complete(IReadOnlyList<string> unreadLists)
    {
        _file.Flush(flushToDisk: true);
        if (unreadLists.Count == 0) _mark.Remove();
        else _mark.Write(unreadLists);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOpen = false;
            _writer.Dispose();
            _file.Dispose();
            _mark.Dispose();
        }
    }

    private static void RefuseExisting(string path, ResultFileOpening opening)
    {
        if (opening == ResultFileOpening.New && File.Exists(path))
            throw new ResultFileException(ResultFileProblem.Exists, "it exists");
    }
}

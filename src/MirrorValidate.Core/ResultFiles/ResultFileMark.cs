using System.Text;

namespace MirrorValidate.ResultFiles;

/// <summary>
/// The file beside a result file that says that its run has not ended. The run holds it open and locked, which ends
/// with the process, so that a second run knows whether the first still writes.
/// </summary>
internal sealed class ResultFileMark : IDisposable
{
    private const int Attempts = 100;

    private readonly FileStream _file;
    private readonly string _path;
    private readonly bool _wasThere;

    private ResultFileMark(FileStream file, string path, bool wasThere)
    {
        _file = file;
        _path = path;
        _wasThere = wasThere;
    }

    /// <summary>Why a result file has not the results of all entries; <see langword="null"/> where it has.</summary>
    internal static string? Read(string resultPath)
    {
        string path = PathOf(resultPath);
        if (!File.Exists(path)) return null;
        try
        {
            string text = File.ReadAllText(path).Trim();
            return text.Length > 0
                ? $"its run has not read every list: {text.ReplaceLineEndings("; ")}"
                : "its run was ended before all entries were validated";
        }
        catch (IOException)
        {
            return "its run goes on";
        }
    }

    /// <summary>Creates the mark, or takes over that of a run that did not end.</summary>
    /// <exception cref="ResultFileException">The run that has it goes on.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal static ResultFileMark Claim(string resultPath)
    {
        string path = PathOf(resultPath);
        for (int attempt = 1; ; attempt++)
        {
            bool wasThere = File.Exists(path);
            FileStream file = Open(path);
            // The run that had it may have removed it in this moment.
            if (ClaimedFile.IsAt(file, path))
            {
                file.SetLength(0);
                return new ResultFileMark(file, path, wasThere);
            }

            file.Dispose();
            if (attempt == Attempts) throw InUse(path, innerException: null);
        }
    }

    /// <summary>Leaves the mark where the run has ended, with the reason.</summary>
    internal void Write(IReadOnlyList<string> problems)
    {
        _file.SetLength(0);
        foreach (string problem in problems)
            _file.Write(Encoding.UTF8.GetBytes(problem.ReplaceLineEndings(" ") + "\n"));
        _file.Flush();
    }

    /// <summary>Removes the mark: the run has ended.</summary>
    internal void Remove()
    {
        // While it is held, so that what is removed is not another run's. Windows removes it when it is closed.
        File.Delete(_path);
        _file.Dispose();
    }

    /// <summary>Lets the mark go where the run did not begin; that of an earlier run stays.</summary>
    internal void Release()
    {
        if (_wasThere) _file.Dispose();
        else Remove();
    }

    /// <summary>Leaves the mark.</summary>
    public void Dispose() => _file.Dispose();

    private static string PathOf(string resultPath) => resultPath + ".unfinished";

    private static FileStream Open(string path)
    {
        // On Windows sharing for deleting is what lets an open file be removed.
        FileShare alone = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, alone, bufferSize: 1);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw InUse(path, e);
        }
    }

    private static ResultFileException InUse(string path, Exception? innerException) =>
        new(ResultFileProblem.InUse, $"another run that has not ended writes it, and holds {path}", innerException);
}

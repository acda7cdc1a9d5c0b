using System.Security.Cryptography;
using System.Text;
using MirrorValidate.Logging;

namespace MirrorValidate.PowerShell.Files;

/// <summary>
/// Appends log events to a file, UTF-8, one dated line for each event. Any number of threads and processes may append
/// to the same file; each line is written whole.
/// </summary>
internal sealed class LogFile : ILogSink, IDisposable
{
    private readonly object _gate = new();
    private readonly Action<Exception> _ended;
    private readonly Mutex? _processLock;
    private FileStream? _stream;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="ended">Called, from any thread, when a write has failed; nothing more is written then.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal LogFile(string path, Action<Exception> ended)
    {
        _ended = ended;
        const FileShare Share = FileShare.ReadWrite | FileShare.Delete;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Share, bufferSize: 0);
        _processLock = CreateMutex(path);
    }

    public bool IsEnabled(LogLevel level) => true;

    public void Write(LogEvent logEvent)
    {
        byte[] line = Encoding.UTF8.GetBytes(LogLine.Format(logEvent) + "\n");
        lock (_gate)
        {
            if (_stream is null) return;
            bool isLocked = Acquire();
            try
            {
                Append(_stream, line);
            }
            catch (IOException e)
            {
                Close();
                _ended(e);
            }
            finally
            {
                if (isLocked) _processLock!.ReleaseMutex();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
            _processLock?.Dispose();
        }
    }

    private static void Append(FileStream stream, byte[] line)
    {
        // A device or a pipe has no end to find.
        if (stream.CanSeek && stream.Seek(0, SeekOrigin.End) > 0)
        {
            // Another program may have left the last line without a line end.
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') line = [(byte)'\n', .. line];
        }

        stream.Write(line);
    }

    // Finding the end of the file and writing there are two steps: processes take turns by a named mutex. It is one of
    // the machine, as the file is: without Global, a scheduled task and a user would each have their own.
    private static Mutex? CreateMutex(string path)
    {
        try
        {
            string name = OperatingSystem.IsLinux() ? path : path.ToUpperInvariant();
            string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 16);
            return new Mutex(initiallyOwned: false, $@"Global\MirrorValidate-{hash}");
        }
        catch (Exception e) when (e is IOException
            or UnauthorizedAccessException or WaitHandleCannotBeOpenedException or PlatformNotSupportedException)
        {
            // Without a mutex the lines of a single process are still written whole.
            return null;
        }
    }

    private bool Acquire()
    {
        try
        {
            return _processLock?.WaitOne() ?? false;
        }
        catch (AbandonedMutexException)
        {
            // Another process was killed while it held the mutex, which is acquired all the same.
            return true;
        }
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}

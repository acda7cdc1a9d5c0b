using System.Security.Cryptography;
using System.Text;
using MirrorValidate.Logging;

namespace MirrorValidate.PowerShell.Files;

/// <summary>
/// Appends log events to a file, UTF-8, one line an event with its date in front. Any number of workers and of runs may write to the
/// same file: each line is written whole, at what is the end then.
/// </summary>
internal sealed class LogFile : ILogSink, IDisposable
{
    private readonly object _gate = new();
    private readonly Action<Exception> _ended;
    private readonly Mutex? _otherRuns;
    private FileStream? _stream;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="ended">Told when nothing more can be written to it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal LogFile(string path, Action<Exception> ended)
    {
        _ended = ended;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _otherRuns = CreateMutex(path);
    }

    public bool IsEnabled(LogLevel level) => true;

    public void Write(LogEvent logEvent)
    {
        byte[] line = Encoding.UTF8.GetBytes(LogLine.Format(logEvent) + "\n");
        lock (_gate)
        {
            if (_stream is null) return;
            bool isAlone = Acquire();
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
                if (isAlone) _otherRuns!.ReleaseMutex();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
            _otherRuns?.Dispose();
        }
    }

    private static void Append(FileStream stream, byte[] line)
    {
        if (stream.Seek(0, SeekOrigin.End) > 0)
        {
            // What another program left without a line end must not swallow this line.
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') line = [(byte)'\n', .. line];
        }

        stream.Write(line);
    }

    // The end of a file is found and written to in two steps, which nothing but a lock of the system makes one.
    private static Mutex? CreateMutex(string path)
    {
        try
        {
            return new Mutex(initiallyOwned: false, $"MirrorValidate-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)), 0, 16)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException or PlatformNotSupportedException)
        {
            // Where the system gives none, a run of its own is still safe.
            return null;
        }
    }

    private bool Acquire()
    {
        try
        {
            return _otherRuns?.WaitOne() ?? false;
        }
        catch (AbandonedMutexException)
        {
            // A run was killed while it wrote; the lock is ours now.
            return true;
        }
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}

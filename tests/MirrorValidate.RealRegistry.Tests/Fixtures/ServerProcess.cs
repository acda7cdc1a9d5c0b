using System.Collections.Concurrent;
using System.Diagnostics;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>A run of a server program. Its output is recorded.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isGone;

    private ServerProcess(Process process, ConcurrentQueue<string> log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    /// <summary>Starts the program and waits until it has printed <paramref name="readyText"/> or has ended.</summary>
    /// <param name="start">Program and arguments.</param>
    /// <param name="readyText">What the program prints once it accepts connections.</param>
    /// <param name="log">Receives every line that is printed.</param>
    /// <param name="cancellationToken">Cancels the wait and ends the program.</param>
    /// <returns>The running program, or null if it exited; the log says why.</returns>
    public static async Task<ServerProcess?> StartAsync(
        ProcessStartInfo start, string readyText, ConcurrentQueue<string> log, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var server = new ServerProcess(Process.Start(start)!, log);
        var keep = false;
        try
        {
            keep = await server.IsReadyAsync(readyText, cancellationToken);
            return keep ? server : null;
        }
        finally
        {
            if (!keep)
                await server.DisposeAsync();
        }
    }

    /// <summary>Kills the program and waits for its end.</summary>
    public async Task KillAsync()
    {
        // Kill does nothing if the program has ended.
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Suspends the program until the return value is disposed.</summary>
    public IDisposable Suspend()
    {
        Signal("STOP");
        return new Suspension(this);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _isGone = true;
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(string readyText, CancellationToken cancellationToken)
    {
        DataReceivedEventHandler keepLine = (_, line) =>
        {
            if (line.Data is null)
                return;
            _log.Enqueue(line.Data);
            if (line.Data.Contains(readyText, StringComparison.Ordinal))
                _ready.TrySetResult();
        };
        _process.OutputDataReceived += keepLine;
        _process.ErrorDataReceived += keepLine;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var ended = _process.WaitForExitAsync(cancellationToken);
        await Task.WhenAny(_ready.Task, ended);
        cancellationToken.ThrowIfCancellationRequested();
        return _ready.Task.IsCompleted && !_process.HasExited;
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {_process.Id}"]);
        kill.WaitForExit();
    }

    private sealed class Suspension(ServerProcess server) : IDisposable
    {
        public void Dispose()
        {
            // Its process id may be in use by another program now.
            if (!server._isGone)
                server.Signal("CONT");
        }
    }
}

using System.Management.Automation;
using System.Runtime.InteropServices;

namespace MirrorValidate.Shell.Hosting;

/// <summary>
/// Ctrl+C and SIGTERM. The first stops what runs, the second ends the process at once; so does the first where nothing
/// runs, or where what runs waits for somebody to type and could not notice.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    public const int ControlC = 130;
    public const int Terminated = 143;

    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Action? _stop;
    private bool _stopRequested;
    private int _readers;

    public Interrupts() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ControlC)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, Terminated)),
    ];

    /// <summary>The exit code of the signal that stopped the last run, or null when none did.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Names what a signal stops, until the answer is disposed of.</summary>
    public IDisposable Running(Action stop)
    {
        lock (_gate)
        {
            (Action? outer, bool requested) = (_stop, _stopRequested);
            (_stop, _stopRequested, ExitCode) = (stop, false, null);
            return new Scope(() =>
            {
                lock (_gate)
                    (_stop, _stopRequested) = (outer, requested);
            });
        }
    }

    /// <summary>Marks that the pipeline waits for a line until the answer is disposed of.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline is being stopped, and would never be asked for the line.</exception>
    public IDisposable Reading()
    {
        lock (_gate)
        {
            if (_stopRequested)
                throw new PipelineStoppedException();
            _readers++;
        }

        return new Scope(() =>
        {
            lock (_gate)
                _readers--;
        });
    }

    /// <summary>Stops what runs, as Ctrl+C does; for a Ctrl+C that arrived as a key.</summary>
    public void RequestStop()
    {
        lock (_gate)
        {
            _stopRequested = true;
            ExitCode = ControlC;
            _stop?.Invoke();
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_stop is not null && !_stopRequested && _readers == 0)
            {
                _stopRequested = true;
                ExitCode = exitCode;
                _stop();
                return;
            }
        }

        Environment.Exit(exitCode);
    }

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

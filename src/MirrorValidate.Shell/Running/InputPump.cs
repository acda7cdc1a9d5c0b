using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MirrorValidate.Shell.Running;

/// <summary>Feeds lines to a pipeline from a thread of its own, so that the pipeline works while standard input is still coming.</summary>
internal sealed class InputPump : IDisposable
{
    /// <summary>Lines that may wait, which keeps memory flat when the input is faster than the pipeline.</summary>
    private const int MaximumWaiting = 4096;

    private readonly PipelineWriter _writer;
    private volatile bool _ended;

    private InputPump(PipelineWriter writer) => _writer = writer;

    public static InputPump Start(IEnumerable<string> lines, PipelineWriter writer)
    {
        InputPump pump = new(writer);
        // Background: a read of a pipe that nobody closes cannot be cancelled, and must not keep the process.
        Thread thread = new(() => pump.Feed(lines)) { IsBackground = true, Name = "standard input" };
        thread.Start();
        return pump;
    }

    /// <summary>Stops feeding; a read in progress is left behind.</summary>
    public void Dispose() => _ended = true;

    private void Feed(IEnumerable<string> lines)
    {
        try
        {
            foreach (string line in lines)
            {
                // The engine's writer has no bound to wait on.
                while (_writer.Count >= MaximumWaiting && !_ended)
                    Thread.Sleep(1);
                if (_ended)
                    return;
                _writer.Write(line);
            }

            _writer.Close();
        }
        catch (PipelineClosedException)
        {
            // The pipeline ended before its input did.
            _ended = true;
        }
    }
}

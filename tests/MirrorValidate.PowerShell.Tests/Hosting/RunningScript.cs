using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>A script or command that runs while the test goes on.</summary>
public sealed class RunningScript : IDisposable
{
    private readonly System.Management.Automation.PowerShell _shell;
    private readonly PSDataCollection<object> _input = [];
    private readonly Task _ended;

    internal RunningScript(Runspace runspace, bool takesInput, Action<System.Management.Automation.PowerShell> add)
    {
        _shell = System.Management.Automation.PowerShell.Create(runspace);
        add(_shell);
        if (!takesInput) _input.Complete();
        IAsyncResult running = _shell.BeginInvoke(_input, Output);
        _ended = Task.Factory.FromAsync(running, _shell.EndInvoke);
    }

    /// <summary>What was written so far.</summary>
    public PSDataCollection<PSObject> Output { get; } = new() { EnumeratorNeverBlocks = true };

    /// <summary>Its error records so far.</summary>
    public PSDataCollection<ErrorRecord> Errors => _shell.Streams.Error;

    /// <summary>Pipes an object to it.</summary>
    public void Send(object item) => _input.Add(item);

    /// <summary>Ends its input.</summary>
    public void EndInput() => _input.Complete();

    /// <summary>Waits for its end, and throws what ended it.</summary>
    public Task EndAsync() => _ended.WaitAsync(Patience.Long);

    /// <summary>Does what Ctrl+C does, and waits until it has worked.</summary>
    public async Task StopAsync()
    {
        await Task.Factory.FromAsync(_shell.BeginStop, _shell.EndStop, null).WaitAsync(Patience.Long);
        // A pipeline that was waiting for input may be told of its end as if the input had ended; that it ended is what counts.
        Exception? ending = await Record.ExceptionAsync(EndAsync);
        Assert.True(ending is null or PipelineStoppedException, $"ended by {ending}");
    }

    public void Dispose()
    {
        _shell.Dispose();
        Output.Dispose();
        _input.Dispose();
    }
}

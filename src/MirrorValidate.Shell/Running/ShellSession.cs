using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MirrorValidate.Shell.Hosting;
using MirrorValidate.Shell.StandIns;

namespace MirrorValidate.Shell.Running;

/// <summary>A runspace with the module imported, and the one way to run something in it.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Runspace _runspace;
    private readonly Interrupts _interrupts;

    private ShellSession(Runspace runspace, Interrupts interrupts)
    {
        _runspace = runspace;
        _interrupts = interrupts;
    }

    /// <summary>Opens the runspace. The module is not yet in it.</summary>
    public static ShellSession Open(ShellHost host, Interrupts interrupts)
    {
        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ||
            Environment.GetEnvironmentVariable("TERM") == "dumb")
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;

        InitialSessionState state = InitialSessionState.CreateDefault2();
        StandInCommands.AddMissing(state);
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        // Its own thread, for the stack that deeply nested scripts need.
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        return new ShellSession(runspace, interrupts);
    }

    /// <summary>Imports the module; what goes wrong is shown as an error.</summary>
    /// <returns>Whether the module is there.</returns>
    public bool ImportModule()
    {
        Command import = new("Import-Module");
        import.Parameters.Add("Name", ModuleLocation.Find());
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        return Run(import) == RunResult.Completed;
    }

    /// <summary>Runs a script file; its <c>exit</c> sets the host's exit code.</summary>
    public RunResult RunFile(string path, IEnumerable<CommandParameter> arguments, IEnumerable<string>? input)
    {
        Command command = new(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter argument in arguments)
            command.Parameters.Add(argument);
        EngineInternals.LetExitReachHost(_runspace);
        return Run(command, input);
    }

    /// <summary>Runs a script text in the global scope.</summary>
    public RunResult Run(string script, IEnumerable<string>? input = null)
    {
        Parser.ParseInput(script, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            // The engine's own exception for a text that ends too early has no position to show.
            Show(new ParseException(errors).ErrorRecord);
            return RunResult.Failed;
        }

        // In the history, because for other pipelines the engine puts $? back.
        using Pipeline pipeline = _runspace.CreatePipeline(script, addToHistory: true);
        return Run(pipeline, input);
    }

    /// <summary>Runs a command. Its output and errors go to the host's views as they come.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="input">Its pipeline input, read as the command takes it; null for none.</param>
    public RunResult Run(Command command, IEnumerable<string>? input = null)
    {
        using Pipeline pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        return Run(pipeline, input);
    }

    /// <summary>The <c>$?</c> of what ran last, which is asked for by a pipeline because reading the variable from outside resets it.</summary>
    public bool LastStatementSucceeded => Query("$?") is not [{ BaseObject: false }];

    /// <summary>Runs a short internal script and gives its output, without showing anything.</summary>
    public IReadOnlyList<PSObject> Query(string script)
    {
        using Pipeline pipeline = _runspace.CreatePipeline(script);
        return pipeline.Invoke();
    }

    /// <summary>The completions of an input at a position.</summary>
    public CommandCompletion Complete(string text, int cursor)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(text, cursor, null, shell);
    }

    public void Dispose() => _runspace.Dispose();

    private RunResult Run(Pipeline pipeline, IEnumerable<string>? input)
    {
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true)
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
        });

        // Not Invoke: that closes the input before the pipeline has read it.
        using ManualResetEventSlim ended = new();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped)
                ended.Set();
        };
        using IDisposable running = _interrupts.Running(pipeline.StopAsync);
        using InputPump? pump = input is null ? null : InputPump.Start(input, pipeline.Input);
        if (pump is null)
            pipeline.Input.Close();
        pipeline.InvokeAsync();
        ended.Wait();
        return ResultOf(pipeline.PipelineStateInfo);
    }

    private RunResult ResultOf(PipelineStateInfo end)
    {
        switch (end)
        {
            case { State: PipelineState.Stopped } or { Reason: PipelineStoppedException }:
                return RunResult.Stopped;
            case { State: PipelineState.Failed, Reason: RuntimeException exception }:
                Show(exception.ErrorRecord);
                return RunResult.Failed;
            case { State: PipelineState.Failed, Reason: var exception }:
                Show(new ErrorRecord(exception, "HostFailure", ErrorCategory.InvalidOperation, targetObject: null));
                return RunResult.Failed;
            default:
                return RunResult.Completed;
        }
    }

    private void Show(ErrorRecord error)
    {
        using Pipeline pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        pipeline.Input.Write(EngineInternals.ForErrorStream(error));
        pipeline.Input.Close();
        pipeline.Invoke();
    }
}

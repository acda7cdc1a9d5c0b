using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>A runspace with the built module imported and its location in a folder of its own.</summary>
public sealed class ModuleRunspace : IDisposable
{
    private readonly Runspace _runspace;

    // PowerShell reads each of its assemblies once, and remembers the cmdlets before the providers: a state that is made
    // in between has no providers, and its runspace no location. All other threads wait for this one.
    static ModuleRunspace() => InitialSessionState.CreateDefault2();

    /// <param name="host">What commands show things on; without one they show nothing.</param>
    public ModuleRunspace(PSHost? host = null)
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Directory = System.IO.Directory.CreateTempSubdirectory("mirror-validate-").FullName;
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([BuildValues.ModuleManifest]);
        state.ThrowOnRunspaceOpenError = true;
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(Directory);
    }

    /// <summary>The folder that commands run in.</summary>
    public string Directory { get; }

    public string FilePath(string name) => Path.Combine(Directory, name);

    public string WriteFile(string name, params string[] lines)
    {
        File.WriteAllLines(FilePath(name), lines);
        return FilePath(name);
    }

    /// <summary>Runs a script, with input piped to it, and gives all its streams.</summary>
    public Outcome Run(string script, params object?[] input) => Run(script, new Dictionary<string, object?>(), input);

    /// <summary>Runs a script with variables set.</summary>
    public Outcome Run(string script, IReadOnlyDictionary<string, object?> variables, params object?[] input)
    {
        foreach ((string name, object? value) in variables) _runspace.SessionStateProxy.SetVariable(name, value);
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        // Without the try, what ends a statement would be one error record among others.
        shell.AddScript($"try {{ {(input.Length == 0 ? "" : "$input | ")}{script} }} catch {{ throw }}");
        Exception? terminating = null;
        var output = new PSDataCollection<PSObject>();
        try
        {
            shell.Invoke(input, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }

        return new Outcome(
            [.. output],
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Debug.Select(record => record.Message)],
            [.. shell.Streams.Information],
            terminating);
    }

    /// <summary>Starts a script without waiting for its end.</summary>
    public RunningScript Start(string script) => new(_runspace, takesInput: false, shell => shell.AddScript(script));

    /// <summary>Starts a command whose input comes while it runs.</summary>
    public RunningScript StartCommand(string command, IReadOnlyDictionary<string, object> parameters) =>
        new(_runspace, takesInput: true, shell => shell.AddCommand(command).AddParameters(parameters.ToDictionary(pair => pair.Key, pair => pair.Value)));

    public void Dispose()
    {
        _runspace.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}

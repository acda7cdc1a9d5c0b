using System.Text.Json;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>Machines, and the runbook that validates a list on them.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly string _runbook =
        Path.Combine(BuildValues.RepositoryRoot, "docs", "runbooks", "Invoke-MirrorFleet.ps1");

    private readonly TemporaryDirectory _directory = new();
    private readonly List<SshMachine> _machines = [];
    private SshKey _user = null!;

    private Fleet()
    {
    }

    /// <summary>The machines.</summary>
    internal IReadOnlyList<SshMachine> Machines => _machines;

    /// <summary>The names of the machines, as an argument.</summary>
    internal string HostNames => string.Join(',', _machines.Select(machine => machine.HostName));

    /// <summary>The arguments of New-PSSession that reach the machines, all but their names.</summary>
    internal string Connection => ConnectionWith("");

    /// <summary>The arguments of the runbook that reach the machines.</summary>
    /// <param name="options">More options of ssh.</param>
    internal string ReachWith(string options) => $"{ConnectionWith(options)} -HostName {HostNames}";

    /// <summary>Starts machines.</summary>
    /// <param name="environments">The environment of each.</param>
    internal static async Task<Fleet> StartAsync(params IReadOnlyDictionary<string, string>[] environments)
    {
        var fleet = new Fleet();
        try
        {
            fleet._user = await SshKey.CreateAsync(fleet._directory["user"]);
            foreach (IReadOnlyDictionary<string, string> environment in environments)
                fleet._machines.Add(await SshMachine.StartAsync(fleet._user, environment));
            await File.WriteAllLinesAsync(
                fleet._directory["known_hosts"], fleet._machines.Select(machine => machine.KnownHost));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the runbook.</summary>
    /// <param name="list">The lines of the list.</param>
    /// <param name="arguments">More arguments.</param>
    /// <param name="reach">The arguments that reach the machines. The default is the machines of the fleet.</param>
    /// <param name="prepare">What runs before.</param>
    /// <param name="module">The module on the machines. The default is found where it is on this machine.</param>
    internal DotNetProcess Run(
        IEnumerable<string> list,
        string arguments = "",
        string? reach = null,
        string prepare = "",
        string? module = null)
    {
        File.WriteAllLines(_directory["list.txt"], list);
        if (module is not null) arguments += $" -ModulePath '{module}'";
        return ModuleProcess.Start(
            _directory.Path,
            $"{prepare}; & '{_runbook}' -Path list.txt -ResultPath results.jsonl "
            + $"-ReportPath report.json {reach ?? ReachWith("")} {arguments}; exit $LASTEXITCODE");
    }

    /// <summary>Runs a script with the module on this machine, in the folder of the runbook's files.</summary>
    internal Task<ProcessOutput> RunHereAsync(string script, IReadOnlyDictionary<string, string> environment) =>
        ModuleProcess.RunAsync(_directory.Path, script, environment);

    /// <summary>The results in the result file, in the order in which they came.</summary>
    internal IReadOnlyList<JsonElement> ReadResults() =>
        [.. ReadLines().Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Waits until results have arrived.</summary>
    internal Task HasResultsAsync(int count) => Patience.UntilAsync(
        () => File.Exists(_directory["results.jsonl"]) && ReadLines().Count >= count,
        $"{count} results",
        TimeSpan.FromMinutes(5));

    /// <summary>The report.</summary>
    internal JsonElement ReadReport() => JsonDocument.Parse(File.ReadAllText(_directory["report.json"])).RootElement;

    public async ValueTask DisposeAsync()
    {
        foreach (SshMachine machine in _machines) await machine.DisposeAsync();
        _directory.Dispose();
    }

    private string ConnectionWith(string options) => $"-KeyFilePath '{_user.PrivateFile}' "
        + $"-Options @{{ UserKnownHostsFile = '{_directory["known_hosts"]}'; {options} }}";

    // The run may have it open.
    private List<string> ReadLines()
    {
        using var file = new FileStream(
            _directory["results.jsonl"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}

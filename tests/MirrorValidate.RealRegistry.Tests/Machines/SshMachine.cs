using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>
/// What a machine that is reached over SSH is to its clients: an sshd on a free loopback port, with a home folder and
/// an environment of its own, that starts the PowerShell of the tool manifest.
/// </summary>
internal sealed class SshMachine : IAsyncDisposable
{
    private const string ListeningText = "Server listening on";
    private const string PortTakenText = "Address already in use";
    private const int PortAttempts = 20;

    // Below the ephemeral ports, so that no client gets the port.
    private const int LowestPort = 20_000;
    private const int HighestPort = 32_000;

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<string> _log = new();
    private ServerProcess? _process;
    private int _port;

    private SshMachine()
    {
    }

    /// <summary>The machine's name, as <c>-HostName</c> takes it.</summary>
    internal string HostName => $"127.0.0.1:{_port}";

    /// <summary>The line of the machine in a known_hosts file.</summary>
    internal string KnownHost { get; private set; } = "";

    /// <summary>The home folder of its user.</summary>
    internal string Home => Directory.CreateDirectory(_directory["home"]).FullName;

    /// <summary>Starts a machine.</summary>
    /// <param name="user">The key that may log in.</param>
    /// <param name="environment">Environment variables of its sessions.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="InvalidOperationException">sshd is missing or exited; the message has its log.</exception>
    internal static async Task<SshMachine> StartAsync(
        SshKey user, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken = default)
    {
        var machine = new SshMachine();
        try
        {
            SshKey host = await SshKey.CreateAsync(machine._directory["host"]);
            for (int attempt = 0; machine._process is null; attempt++)
            {
                if (attempt == PortAttempts)
                    throw new InvalidOperationException($"sshd found no free port.\n{string.Join('\n', machine._log)}");
                await machine.TryStartAsync(host, user, environment, cancellationToken);
            }

            machine.KnownHost = $"[127.0.0.1]:{machine._port} {host.Public}";
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the sessions of the machine, as a reboot does; it takes new ones.</summary>
    internal Task KillSessionsAsync() => SignalSessionsAsync("KILL");

    /// <summary>Stops the sessions of the machine without an end of their connections, as a power loss does.</summary>
    internal Task FreezeSessionsAsync() => SignalSessionsAsync("STOP");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillSessionsAsync();
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }

    private async Task SignalSessionsAsync(string signal)
    {
        // It may have ended in between, which is as good.
        string sessions = string.Join(' ', ProcessTree.DescendantsOf(_process!.Id));
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {sessions} 2>/dev/null"]);
        await kill.WaitForExitAsync();
    }

    private async Task TryStartAsync(
        SshKey host, SshKey user, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        // sshd wants this folder where it runs as root; the service's unit makes it otherwise.
        if (Environment.UserName == "root") Directory.CreateDirectory("/run/sshd");
        _port = RandomNumberGenerator.GetInt32(LowestPort, HighestPort);
        IEnumerable<string> configuration = Configuration(host, user, environment);
        await File.WriteAllLinesAsync(_directory["sshd_config"], configuration, cancellationToken);
        var start = new ProcessStartInfo(RealBinaries.Sshd, ["-D", "-e", "-f", _directory["sshd_config"]]);
        int linesBefore = _log.Count;
        _process = await ServerProcess.StartAsync(start, ListeningText, _log, cancellationToken);
        bool isTaken = _log.Skip(linesBefore).Any(line => line.Contains(PortTakenText, StringComparison.Ordinal));
        if (_process is null && !isTaken)
            throw new InvalidOperationException($"sshd exited. Its log:\n{string.Join('\n', _log)}");
    }

    private IEnumerable<string> Configuration(
        SshKey host, SshKey user, IReadOnlyDictionary<string, string> environment)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;
        var variables = new Dictionary<string, string>(environment)
        {
            ["HOME"] = Home,
            ["DOCKER_CONFIG"] = Home,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        };
        return
        [
            $"Port {_port}",
            "ListenAddress 127.0.0.1",
            $"HostKey {host.PrivateFile}",
            $"AuthorizedKeysFile {user.PublicFile}",
            $"PidFile {_directory["sshd.pid"]}",
            "AuthenticationMethods publickey",
            "StrictModes no",
            "UsePAM no",
            $"SetEnv {string.Join(' ', variables.Select(variable => $"{variable.Key}={variable.Value}"))}",
            $"Subsystem powershell {dotnet} {BuildValues.Pwsh} -sshs -NoLogo",
        ];
    }
}

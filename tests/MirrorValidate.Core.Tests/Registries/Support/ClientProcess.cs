using System.Diagnostics;
using System.Text;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>Runs <see cref="ClientProgram"/>, with nothing of the machine's settings but what the test sets.</summary>
internal sealed class ClientProcess : IDisposable
{
    private static readonly string[] Removed =
    [
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
        "DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME",
    ];

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    internal ClientProcess(IReadOnlyDictionary<string, string> environment, string? directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ClientProgram).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach (string name in Removed) start.Environment.Remove(name);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed so far.</summary>
    internal string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    internal void Cancel() => _process.StandardInput.WriteLine("cancel");

    internal async Task<string> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        await _process.WaitForExitAsync(patience.Token);
        return Output;
    }

    public void Dispose()
    {
        // Does nothing to a process that has ended.
        _process.Kill();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }
}

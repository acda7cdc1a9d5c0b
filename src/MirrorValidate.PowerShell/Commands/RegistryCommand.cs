using System.Management.Automation;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>What the cmdlets that ask registries have in common: the session, the bridge to the pipeline, the log.</summary>
/// <typeparam name="T">What the work on an item gives.</typeparam>
public abstract class RegistryCommand<T> : PSCmdlet, IDisposable
{
    private WorkPump<T>? _pump;
    private RegistrySession? _session;

    /// <summary>
    /// <para type="description">Registries, host[:port], for which plain HTTP or a certificate that cannot be verified is accepted.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[]? InsecureRegistry { get; set; }

    /// <summary>
    /// <para type="description">Hosts, host[:port], that registries may name as the realm of their tokens besides their own.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[]? TrustedRealm { get; set; }

    /// <summary>
    /// <para type="description">A directory with the certificates of single registries: HOST[:PORT]/ca.crt, client.cert, client.key.</para>
    /// </summary>
    [Parameter]
    public string[]? CertificateDirectory { get; set; }

    /// <summary>
    /// <para type="description">The time in seconds for all requests of one image.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; } = 600;

    /// <summary>
    /// <para type="description">How often a request is sent again after a fault that may pass.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>How many items are worked on at once.</summary>
    private protected virtual int Concurrency => 1;

    private protected RegistrySession Session => _session!;

    private protected WorkPump<T> Pump => _pump!;

    private protected ILogSink Log { get; private set; } = NullLogSink.Instance;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _session = new RegistrySession(new RegistryOptions
        {
            MaximumRetryCount = MaximumRetryCount,
            InsecureRegistries = Hosts(InsecureRegistry, nameof(InsecureRegistry)),
            TrustedRealms = Hosts(TrustedRealm, nameof(TrustedRealm)),
            CertificateDirectories =
            [
                .. (CertificateDirectory ?? []).Select(path => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)),
                .. RegistryOptions.SystemCertificateDirectories,
            ],
        });
        _pump = new WorkPump<T>(Concurrency, WriteMessage, Tick);
        Log = new PipelineLog(this.IsStreamShown("Verbose"), this.IsStreamShown("Debug"), _pump.Post, OpenLog());
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _pump?.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is under way; the only call there is when a downstream command stops the pipeline.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _pump?.Dispose();
        _session?.Dispose();
    }

    /// <summary>Writes the result of an item.</summary>
    private protected abstract void WriteResult(T result);

    /// <summary>Opens the file that keeps the log, where one is kept.</summary>
    private protected virtual ILogSink? OpenLog() => null;

    /// <summary>Renews what is shown while the pipeline waits; see <see cref="WorkPump{T}"/>.</summary>
    private protected virtual TimeSpan Tick() => Timeout.InfiniteTimeSpan;

    /// <summary>Reads a registry's name; one that is none is a terminating error.</summary>
    private protected RegistryHost ParseHost(string name, string origin)
    {
        if (!RegistryHost.TryParse(name, out RegistryHost? host)) ThrowTerminatingError(CommandErrors.InvalidRegistry(name, origin));
        return host!;
    }

    private RegistryHost[] Hosts(string[]? names, string parameter) => [.. (names ?? []).Select(name => ParseHost(name, $"-{parameter}"))];

    /// <summary>Reads names of architectures; none at all is a terminating error.</summary>
    private protected ArchitectureSelection ParseArchitectures(string[] names)
    {
        try
        {
            return ArchitectureSelection.Of(names);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(CommandErrors.InvalidArchitecture(names, e));
            throw;
        }
    }

    private void WriteMessage(object message)
    {
        switch (message)
        {
            case LogEvent { Level: LogLevel.Debug } debug:
                WriteDebug(debug.ToString());
                break;
            case LogEvent line:
                WriteVerbose(line.ToString());
                break;
            case PipelineWarning warning:
                WriteWarning(warning.Text);
                break;
            case T result:
                WriteResult(result);
                break;
        }
    }
}

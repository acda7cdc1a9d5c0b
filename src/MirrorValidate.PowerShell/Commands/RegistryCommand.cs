using System.Management.Automation;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.Registries;
using MirrorValidate.Stores;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>The base of cmdlets that read from registries: their common parameters, the session, the log.</summary>
public abstract class RegistryCommand : PSCmdlet, IDisposable
{
    private PipelineThread? _pipeline;
    private RegistryOptions? _options;
    private RegistrySession? _session;
    private StoreCatalog? _stores;
    private StoreProgress? _storeProgress;
    private LogFile? _logFile;

    /// <summary>
    /// <para type="description">
    /// Registries, host[:port], for which plain HTTP or an unverified certificate is accepted.
    /// </para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[]? InsecureRegistry { get; set; }

    /// <summary>
    /// <para type="description">
    /// Hosts, host[:port], that registries may name as realm of their tokens besides their own.
    /// </para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[]? TrustedRealm { get; set; }

    /// <summary>
    /// <para type="description">
    /// Directories with certificates by registry: HOST[:PORT]/ca.crt, client.cert, client.key.
    /// </para>
    /// </summary>
    [Parameter]
    public string[]? CertificateDirectory { get; set; }

    /// <summary>
    /// <para type="description">The timeout in seconds for all requests of one image.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; } = 600;

    /// <summary>
    /// <para type="description">The number of retries of a request after a transient fault.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>
    /// <para type="description">The maximum number of requests per second to a host; 0 for no limit.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0d, 1_000_000d)]
    public double RequestsPerSecond { get; set; }

    /// <summary>The registry session, from <see cref="BeginProcessing"/> on.</summary>
    private protected RegistrySession Session => _session ??= new RegistrySession(_options);

    /// <summary>Opens stores of images, from <see cref="BeginProcessing"/> on.</summary>
    private protected StoreCatalog Stores => _stores!;

    /// <summary>The pipeline thread, from <see cref="BeginProcessing"/> on.</summary>
    private protected PipelineThread Pipeline => _pipeline!;

    /// <summary>Takes log events, from any thread.</summary>
    private protected ILogSink Log { get; private set; } = NullLogSink.Instance;

    /// <summary>The file that the log is appended to; <see langword="null"/> for none.</summary>
    private protected virtual string? LogFilePath => null;

    /// <summary>
    /// Reads the images of a side from the stores of an argument, else from registries; those whose reference names a
    /// store from it.
    /// </summary>
    /// <param name="registries">Reads from registries.</param>
    /// <param name="side">The side.</param>
    /// <param name="paths">The stores.</param>
    private protected IImageReader CreateReader(RegistryClient registries, RegistrySide side, string[] paths)
    {
        IReadOnlyList<BoundStore> stores = this.OpenStores(paths, Stores, Pipeline);
        IImageReader others =
            stores.Count == 0 ? registries : new StoreImageReader(side, stores, registries.Limits);
        return new ImagePlaces(side, others, Stores);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _options = new RegistryOptions
        {
            MaximumRetryCount = MaximumRetryCount,
            RequestsPerSecond = RequestsPerSecond > 0 ? RequestsPerSecond : null,
            InsecureRegistries = this.ParseRegistries(InsecureRegistry, nameof(InsecureRegistry)),
            TrustedRealms = this.ParseRegistries(TrustedRealm, nameof(TrustedRealm)),
            CertificateDirectories =
            [
                .. (CertificateDirectory ?? []).Select(SessionState.Path.GetUnresolvedProviderPathFromPSPath),
                .. RegistryOptions.SystemCertificateDirectories,
            ],
        };
        _pipeline = new PipelineThread(CommandRuntime);
        if (this.IsStreamShown("Progress", "ProgressAction")) _storeProgress = new StoreProgress(_pipeline);
        _stores = new StoreCatalog(
            SessionState.Path.CurrentFileSystemLocation.ProviderPath, new StoreLimits(), _storeProgress);
        if (LogFilePath is { } path) _logFile = OpenLogFile(_pipeline, path);
        Log = new PipelineLog(_pipeline, this.IsStreamShown("Verbose"), this.IsStreamShown("Debug"), _logFile);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _pipeline?.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Cancels all work. When a downstream command stops the pipeline, the engine calls nothing else.
    /// </summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _pipeline?.Dispose();
        _session?.Dispose();
        _stores?.Dispose();
        _storeProgress?.Dispose();
        _logFile?.Dispose();
    }

    private LogFile? OpenLogFile(PipelineThread pipeline, string path)
    {
        if (OutputFiles.IsNullDevice(path)) return null;
        string file = this.ResolveOutputFile(path, CommandErrors.UnwritableLog);
        try
        {
            return new LogFile(file, e => pipeline.Post(
                streams => streams.WriteWarning(Text.Format(SR.LogEnded, file, e.Message))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableLog(file, e));
            throw;
        }
    }
}

using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <content>What the command does; its parameters are in the other part.</content>
public sealed partial class TestMirrorImageCommand
{
    private const int MaximumThrottleLimit = 20;

    private readonly EntryReader _reader;
    private readonly ListFiles _files;
    private ValidationRun? _run;
    private LogFile? _logFile;
    private int _throttle = 1;

    /// <summary>Makes the command.</summary>
    public TestMirrorImageCommand()
    {
        _files = new ListFiles(this);
        _reader = new EntryReader(file => _run!.NoteInput(file));
    }

    private protected override int Concurrency => _throttle;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _throttle = Math.Clamp(ThrottleLimit, 1, MaximumThrottleLimit);
        if (_throttle != ThrottleLimit) WriteWarning(Text.Format(SR.ThrottleLimitClamped, ThrottleLimit, MaximumThrottleLimit, _throttle));
        base.BeginProcessing();
        IReadOnlyList<CredentialFile> files = CredentialFile.Defaults();
        CredentialChain source = CredentialSources.Create(SourceCredential, nameof(SourceCredential), "SOURCE", files);
        CredentialChain destination = CredentialSources.Create(
            DestinationCredential, nameof(DestinationCredential), "DEST", files);
        var validator = new MirrorValidator(
            new CachingImageReader(Session.CreateClient(RegistrySide.Source, source)),
            new CachingImageReader(Session.CreateClient(RegistrySide.Destination, destination)),
            ReadOptions(),
            Log);
        _run = new ValidationRun(
            this,
            Pump,
            validator,
            new ResultSequence(PreserveOrder, _throttle),
            FailedListWriter.Begin(this, FailedListPath, NoFailedList),
            Log,
            Quiet);
        _run.Announce();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ValidateFiles([.. _files.Resolve(Path, isLiteral: false)]);
                break;
            case LiteralPathSet:
                ValidateFiles([.. _files.Resolve(LiteralPath, isLiteral: true)]);
                break;
            case ImageSet:
                _run!.Validate(_reader.Read(Source, Destination, Tag));
                break;
            case InputSet when !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)):
                ValidateInteractively();
                break;
            default:
                _run!.ShowProgress(static () => null);
                ValidateObject(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _run!.Complete(_files.ReadAll);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        _run?.Dispose();
        _logFile?.Dispose();
    }

    private protected override void WriteResult(MirrorImageResult result) => _run!.Write(result);

    private protected override TimeSpan Tick() => _run!.Tick();

    private protected override ILogSink? OpenLog()
    {
        if (LogPath is null) return null;
        string file = this.ResolveOutputFile(LogPath, CommandErrors.UnwritableLog);
        try
        {
            return _logFile = new LogFile(file, exception => Pump.Post(new PipelineWarning(Text.Format(SR.LogEnded, file, exception.Message))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableLog(file, e));
            throw;
        }
    }

    private void ValidateFiles(IReadOnlyList<string> paths)
    {
        foreach (string path in paths) _run!.NoteInput(path);
        _run!.ShowProgress(() => ListFiles.Count(paths.Select(_run.Locate)));
        foreach (ImageListEntry entry in paths.SelectMany(path => _files.Read(_run.Locate(path))))
        {
            if (_run.IsStopped) return;
            _run.Validate(_reader.Read(entry));
        }
    }

    private void ValidateObject(PSObject? input)
    {
        foreach (ImageListEntry entry in _reader.Read(input))
        {
            if (_run!.IsStopped) return;
            _run.Validate(entry);
        }
    }

    private void ValidateInteractively()
    {
        foreach (string line in InteractivePrompt.ReadLines(this))
        {
            ValidateObject(PSObject.AsPSObject(line));
            _run!.Drain();
        }
    }

    private ValidationOptions ReadOptions() => new()
    {
        Mirror = new MirrorSettings
        {
            SourceRegistry = Registry(SourceRegistry, nameof(SourceRegistry), "SOURCE_REGISTRY"),
            DestinationRegistry = Registry(DestinationRegistry, nameof(DestinationRegistry), "DEST_REGISTRY"),
            DefaultProject = Project((DefaultProject ?? "").Trim('/')),
        },
        Architectures = ParseArchitectures(Architecture),
        Comparison = Comparison,
        Explain = Explain,
        IncludeAttestation = IncludeAttestation,
        IncludeReferrer = IncludeReferrer,
        Depth = Depth,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
    };

    private RegistryHost? Registry(string? given, string parameter, string variable)
    {
        string? name = given ?? Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(name)) return null;
        string origin = given is null ? $"environment variable {variable}" : $"-{parameter}";
        RegistryHost host = ParseHost(name, origin);
        if (!RegistryHost.IsHostComponent(name)) ThrowTerminatingError(CommandErrors.AmbiguousRegistry(name, origin));
        return host;
    }

    private string Project(string name)
    {
        try
        {
            // A project is the start of a path, not a host, whatever it looks like.
            if (name.Length > 0) ImageName.Parse($"localhost/{name}/image");
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(CommandErrors.InvalidProject(name, e));
        }

        return name;
    }
}

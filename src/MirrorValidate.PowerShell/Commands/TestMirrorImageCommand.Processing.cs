using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.ImageLists.RegistryMaps;
using MirrorValidate.ImageLists.Sharding;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.PowerShell.Running;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <content>What the command does. Its parameters are in the other part.</content>
public sealed partial class TestMirrorImageCommand
{
    private readonly ListFiles _files;

    // Shared by both sides.
    private readonly IReadOnlyList<CredentialFile> _credentials = CredentialFile.Defaults();

    // Set by BeginProcessing; the failed list only if one is written.
    private EntryReader _reader = null!;
    private ValidationRun _run = null!;
    private FailedListWriter? _failedList;
    private ResultLog? _results;
    private bool _showsProgress;

    // Set by BeginProcessing if -Shard is given.
    private ShardSelection? _shard;

    // A short list has fewer entries than there are shards, and nothing is wrong with those that get none.
    private bool _isEmptyShard;

    // Set by BeginProcessing if -ResolveTag and -RegistryMap are given.
    private TagExpansion? _tags;
    private RegistryMap? _registryMap;
    private int _expanded;

    /// <summary>Makes the command.</summary>
    public TestMirrorImageCommand()
        : base("amd64", "arm64") => _files = new ListFiles(this);

    private protected override string? LogFilePath => LogPath;

    // Without any input the command asks for lines.
    private bool IsInteractive =>
        ParameterSetName == InputSet
        && !MyInvocation.ExpectingInput
        && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        int throttleLimit = this.ParseThrottleLimit(ThrottleLimit);
        base.BeginProcessing();
        _registryMap = this.ReadRegistryMap(RegistryMap);
        ValidationOptions options = ReadOptions();
        if (Shard is not null)
        {
            Shard shard = this.ParseShard(Shard);
            bool byRepository = Depth is ValidationDepth.Blob or ValidationDepth.Content;
            _shard = new ShardSelection(shard, options.Mirror, byRepository);
            options = options with { Shard = shard.ToString() };
        }

        IImageReader source = CreateReader(RegistrySide.Source);
        var validator = new MirrorValidator(source, CreateReader(RegistrySide.Destination), options, Log);
        if (ResolveTag)
            _tags = new TagExpansion(Pipeline, new TagExpander(source, options.Mirror, Log, options.Timeout));
        bool isDefaultList = !MyInvocation.BoundParameters.ContainsKey(nameof(FailedListPath));
        _results = OpenResults(options);
        _failedList = NoFailedList ? null : FailedListWriter.Begin(this, FailedListPath, isDefaultList);
        _failedList?.WriteWarnings();
        _results?.WriteWarnings();
        _reader = new EntryReader(noteFile: _failedList is null ? null : _failedList.NoteInput, ReadFile);
        _run = new ValidationRun(Pipeline, validator, _failedList, _results, new ValidationRunOptions
        {
            // A typed line is validated before the next prompt.
            ThrottleLimit = IsInteractive ? 1 : throttleLimit,
            PreserveOrder = PreserveOrder,
            ProgressNote = Session.DescribePulls,
            Quiet = Quiet,
        });
        _showsProgress = this.IsStreamShown("Progress", "ProgressAction");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ImageListEntry entry in ReadEntries())
        {
            if (_shard is null) Validate(entry);
            else _shard.Add(entry);
            if (_run.IsStopped) return;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_shard is not null) ValidateShard(_shard);
        if (_run.Complete(Log, _files.Unread) is not { } summary) return;
        if (Quiet) WriteObject(summary.AllPassed || (_isEmptyShard && summary.UnreadLists.Count == 0));
        WriteInformation(summary, [RunSummary.InformationTag]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        _run?.Dispose();
        _failedList?.Dispose();
        _results?.Dispose();
    }

    private void ValidateShard(ShardSelection shard)
    {
        IReadOnlyList<ImageListEntry> entries = shard.Select();
        _isEmptyShard = entries.Count == 0 && shard.Count > 0;
        Log.Write(new LogEvent(
            DateTimeOffset.Now, LogLevel.Information, EntryId: null,
            $"shard {Shard}: {entries.Count} of {shard.Count} entries"));
        if (_showsProgress) _run.ShowProgress(_tags is null ? entries.Count : null);
        foreach (ImageListEntry entry in entries)
        {
            if (_run.IsStopped) return;
            Validate(entry);
        }
    }

    private void Validate(ImageListEntry entry)
    {
        foreach (ImageListEntry one in Expand(entry))
        {
            if (_run.IsStopped) return;
            _run.Validate(one);
        }
    }

    private ResultLog? OpenResults(ValidationOptions options)
    {
        if (ResultPath is null && (Resume || Force)) ThrowTerminatingError(CommandErrors.NoResultPath());
        if (Resume && Force) ThrowTerminatingError(CommandErrors.AmbiguousResume());
        if (ResultPath is null) return null;
        RefuseSharedFile();
        ResultFileOpening opening = Resume ? ResultFileOpening.Append
            : Force ? ResultFileOpening.Replace
            : ResultFileOpening.New;
        return ResultLog.Open(this, ResultPath, opening, Resume ? new PassedEntries(options, ProofAge) : null);
    }

    // The failed list replaces its file, and the log appends to its own.
    private void RefuseSharedFile()
    {
        string results = SessionState.Path.GetUnresolvedProviderPathFromPSPath(ResultPath);
        foreach (string? path in new[] { NoFailedList ? null : FailedListPath, LogPath })
        {
            if (path is not null && SessionState.Path.GetUnresolvedProviderPathFromPSPath(path) == results)
                ThrowTerminatingError(CommandErrors.SharedFile(results));
        }
    }

    private IEnumerable<ImageListEntry> ReadEntries() => ParameterSetName switch
    {
        PathSet => ReadFiles(_files.Resolve(Path, isLiteral: false)),
        LiteralPathSet => ReadFiles(_files.Resolve(LiteralPath, isLiteral: true)),
        ImageSet => [_reader.Read(Source, Destination, Tag)],
        _ when IsInteractive => ReadTypedLines(),
        _ => ReadInput(),
    };

    private IEnumerable<ImageListEntry> ReadFiles(IEnumerable<string> paths)
    {
        string[] files = [.. paths];
        foreach (string file in files) _failedList?.NoteInput(file);
        if (_failedList is not null) files = [.. files.Select(_failedList.Locate)];
        if (_showsProgress && _shard is null)
            _run.ShowProgress(_tags is null ? ListFiles.Count(files, Format) : null);
        return files.SelectMany(file => _files.Read(file, Format)).Select(_reader.Number);
    }

    private IEnumerable<ImageListEntry> ReadFile(string file)
    {
        _failedList?.NoteInput(file);
        return _files.Read(_failedList?.Locate(file) ?? file, Format);
    }

    // Several entries may come of one, so they are numbered anew.
    private IEnumerable<ImageListEntry> Expand(ImageListEntry entry)
    {
        if (_tags is null && _registryMap is null) return [entry];
        IEnumerable<ImageListEntry> entries = _tags?.Expand(entry) ?? [entry];
        if (_registryMap is not null) entries = entries.SelectMany(_registryMap.Apply);
        return entries.Select(one => one with { Id = ++_expanded });
    }

    private IEnumerable<ImageListEntry> ReadTypedLines() =>
        InteractivePrompt.ReadLines(this).SelectMany(line => _reader.Read(PSObject.AsPSObject(line)));

    private IEnumerable<ImageListEntry> ReadInput()
    {
        if (_showsProgress && _shard is null) _run.ShowProgress(total: null);
        return _reader.Read(InputObject);
    }

    private CachingImageReader CreateReader(RegistrySide side)
    {
        bool isSource = side == RegistrySide.Source;
        CredentialChain credentials = isSource
            ? CredentialSources.Create(SourceCredential, nameof(SourceCredential), "SOURCE", _credentials)
            : CredentialSources.Create(DestinationCredential, nameof(DestinationCredential), "DEST", _credentials);
        return new CachingImageReader(CreateReader(
            Session.CreateClient(side, credentials), side, isSource ? SourceStore : DestinationStore));
    }

    private ValidationOptions ReadOptions() => new()
    {
        Mirror = new MirrorSettings
        {
            SourceRegistry = this.ParseRegistryOverride(SourceRegistry, nameof(SourceRegistry), "SOURCE_REGISTRY"),
            DestinationRegistry = this.ParseRegistryOverride(
                DestinationRegistry, nameof(DestinationRegistry), "DEST_REGISTRY"),
            SourceProject = this.ParseProject(SourceProject, nameof(SourceProject)),
            DestinationProject = this.ParseProject(DestinationProject, nameof(DestinationProject)),
            DefaultProject = this.ParseProject(DefaultProject, nameof(DefaultProject)),
            HasDestinationStore = DestinationStore.Length > 0,
        },
        Platforms = ReadPlatforms(),
        Comparison = Comparison,
        Explain = Explain,
        IncludeAttestation = IncludeAttestation,
        IncludeReferrer = IncludeReferrer,
        Depth = Depth,
        SourceStores = SourceStore,
        DestinationStores = DestinationStore,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
    };
}

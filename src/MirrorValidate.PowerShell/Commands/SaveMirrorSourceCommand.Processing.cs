using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Running;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Saving;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <content>What the command does. Its parameters are in the other part.</content>
public sealed partial class SaveMirrorSourceCommand
{
    private readonly ListFiles _files;
    private readonly SavingTally _tally = new();

    // Set by BeginProcessing; not with -WhatIf.
    private EntryReader? _reader;
    private SparseLayout? _layout;
    private SourceSaver? _saver;
    private ProgressBar? _progress;
    private WorkPump<SavedSource>? _pump;

    // Set by BeginProcessing if -ResolveTag is given.
    private TagExpansion? _tags;
    private int _expanded;

    /// <summary>Makes the command.</summary>
    public SaveMirrorSourceCommand() => _files = new ListFiles(this);

    private protected override string? LogFilePath => LogPath;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        int throttleLimit = this.ParseThrottleLimit(ThrottleLimit);
        base.BeginProcessing();
        string target = ResolveStore();
        if (!ShouldProcess(target, SR.SaveSource)) return;
        _reader = new EntryReader(noteFile: null, file => _files.Read(file, Format));
        _layout = this.BeginLayout(StorePath, target, Pipeline);
        SavingOptions options = ReadOptions();
        CachingImageReader source = CreateSource();
        if (ResolveTag)
            _tags = new TagExpansion(Pipeline, new TagExpander(source, options.Mirror, Log, options.Timeout));
        _saver = new SourceSaver(source, _layout, options, Log);
        _progress = new ProgressBar(Pipeline.Streams, SR.SavingActivity, _tally, Session.DescribePulls);
        _pump = new WorkPump<SavedSource>(Pipeline, throttleLimit, _progress);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_saver is null) return;
        foreach (ImageListEntry entry in ReadEntries().SelectMany(Expand))
        {
            if (Pipeline.IsStopped) return;
            Write(() => _pump!.Start(token => _saver.SaveAsync(entry, token)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_saver is null) return;
        Write(_pump!.ReadAll);
        if (Pipeline.IsStopped) return;
        _progress!.Complete();
        // The store is in its place before the command ends, or not at all.
        CheckWriting(() => Pipeline.Await(async token =>
        {
            await _layout!.CompleteAsync(token).ConfigureAwait(false);
            return _layout;
        }));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        _progress?.Dispose();
        _layout?.Dispose();
    }

    private string ResolveStore()
    {
        string target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(
            StorePath, out ProviderInfo provider, out _);
        string extension = System.IO.Path.GetExtension(target).ToUpperInvariant();
        string problem = provider.Name != "FileSystem" ? Text.Format(SR.NoFileProvider, provider.Name)
            : extension is ".GZ" or ".ZST" or ".ZIP" && !LayoutArchive.IsName(target) ? SR.NotWritten
            : "";
        if (problem.Length > 0)
            ThrowTerminatingError(CommandErrors.UnwritableStore(StorePath, new NotSupportedException(problem)));
        return target;
    }

    private IEnumerable<ImageListEntry> ReadEntries()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                return ReadFiles(_files.Resolve(Path, isLiteral: false));
            case LiteralPathSet:
                return ReadFiles(_files.Resolve(LiteralPath, isLiteral: true));
            case ImageSet:
                ShowProgress(total: null);
                return [_reader!.Read(Source, destination: null, Tag)];
            default:
                ShowProgress(total: null);
                return _reader!.Read(InputObject);
        }
    }

    private IEnumerable<ImageListEntry> ReadFiles(IEnumerable<string> paths)
    {
        string[] files = [.. paths];
        ShowProgress(_tags is null ? ListFiles.Count(files, Format) : null);
        return files.SelectMany(file => _files.Read(file, Format)).Select(_reader!.Number);
    }

    private void ShowProgress(int? total)
    {
        if (this.IsStreamShown("Progress", "ProgressAction")) _progress!.Show(total);
    }

    // Several entries may come of one, so they are numbered anew.
    private IEnumerable<ImageListEntry> Expand(ImageListEntry entry) =>
        _tags is null ? [entry] : _tags.Expand(entry).Select(one => one with { Id = ++_expanded });

    private CachingImageReader CreateSource()
    {
        CredentialChain credentials = CredentialSources.Create(
            SourceCredential, nameof(SourceCredential), "SOURCE", CredentialFile.Defaults());
        RegistryClient client = Session.CreateClient(RegistrySide.Source, credentials);
        return new CachingImageReader(CreateReader(client, RegistrySide.Source, []));
    }

    private SavingOptions ReadOptions() => new()
    {
        Mirror = new MirrorSettings
        {
            SourceRegistry = this.ParseRegistryOverride(SourceRegistry, nameof(SourceRegistry), "SOURCE_REGISTRY"),
            SourceProject = this.ParseProject(SourceProject, nameof(SourceProject)),
        },
        IncludeReferrer = IncludeReferrer,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
    };

    private void Write(Func<IEnumerable<SavedSource>> read) => CheckWriting(() =>
    {
        foreach (SavedSource saved in read()) Write(saved);
    });

    private void CheckWriting(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableStore(StorePath, e));
        }
    }

    private void Write(SavedSource saved)
    {
        _tally.Add(saved);
        WriteObject(saved);
        if (saved.Status == nameof(ValidationStatus.Error)) WriteError(CommandErrors.OfSaved(saved));
    }
}

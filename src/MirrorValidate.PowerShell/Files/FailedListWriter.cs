using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Files;

/// <summary>Writes the failed list of a run. Warns where it is not the file that was asked for.</summary>
internal sealed class FailedListWriter : IDisposable
{
    private static readonly StringComparison PathComparison =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private readonly ICommandRuntime _streams;
    private readonly FailedList _list;
    private readonly string _requestedPath;
    private bool _wasInput;
    private bool _isComplete;

    private FailedListWriter(ICommandRuntime streams, FailedList list, string requestedPath)
    {
        _streams = streams;
        _list = list;
        _requestedPath = requestedPath;
    }

    /// <summary>Where the entries are when the run has ended; <see langword="null"/> where everything passed.</summary>
    internal string? WrittenPath => _list.Count == 0 ? null : _isComplete ? _list.Path : _list.PartialPath;

    /// <summary>Begins the list of a run.</summary>
    /// <param name="cmdlet">The cmdlet that writes it.</param>
    /// <param name="path">The path, relative to the current location.</param>
    /// <param name="isDefault">Whether the path is the default, which need not be writable.</param>
    /// <returns><see langword="null"/> if the path is the null device, or the default and not writable.</returns>
    internal static FailedListWriter? Begin(PSCmdlet cmdlet, string path, bool isDefault)
    {
        if (OutputFiles.IsNullDevice(path)) return null;
        PathIntrinsics location = cmdlet.SessionState.Path;
        string file = isDefault && location.CurrentLocation.Provider.Name != "FileSystem"
            ? Path.Combine(location.CurrentFileSystemLocation.ProviderPath, path)
            : cmdlet.ResolveOutputFile(path, CommandErrors.UnwritableList);
        try
        {
            return new FailedListWriter(cmdlet.CommandRuntime, FailedList.Create(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!isDefault) cmdlet.ThrowTerminatingError(CommandErrors.UnwritableList(file, e));
            cmdlet.WriteWarning(Text.Format(SR.NoFailedList, e.Message));
            return null;
        }
    }

    /// <summary>Writes the warnings. Not part of <see cref="Begin"/>, since a warning may stop the pipeline.</summary>
    internal void WriteWarnings()
    {
        if (_list.Path != _requestedPath)
            _streams.WriteWarning(Text.Format(SR.FailedListTaken, _requestedPath, _list.Path));
        if (_list.SetAside is { } aside) _streams.WriteWarning(Text.Format(SR.FailedListSetAside, aside));
    }

    /// <summary>Notes a file that entries are read from. The list empties such a file instead of deleting it.</summary>
    internal void NoteInput(string path) => _wasInput |= IsSame(path, _list.Path);

    /// <summary>Where an input file is now: the partial list of an unfinished run was moved.</summary>
    internal string Locate(string path) =>
        _list.SetAside is { } aside && IsSame(path, _list.PartialPath) ? aside : path;

    /// <summary>Adds the entry of a result; it is on disk when this returns.</summary>
    internal void Add(MirrorImageResult result)
    {
        try
        {
            _list.Add(result.Id, result.Line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _streams.ThrowTerminatingError(CommandErrors.UnwritableList(_list.Path, e));
        }
    }

    /// <summary>
    /// Completes the list. Without any results the file is left as it was. Where it cannot be replaced, an error says
    /// where the entries are; it does not end the run, whose results the caller would lose.
    /// </summary>
    internal void Complete(bool anyResults)
    {
        if (!anyResults) return;
        try
        {
            _list.Complete(_wasInput);
            _isComplete = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _streams.WriteError(_list.Count == 0
                ? CommandErrors.FailedListNotRemoved(_list.Path, e)
                : CommandErrors.FailedListNotReplaced(_list.Path, _list.PartialPath, e));
        }
    }

    public void Dispose() => _list.Dispose();

    private static bool IsSame(string one, string other) =>
        string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), PathComparison);
}

using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Files;

/// <summary>Keeps the failed list of a run, and tells the user where it cannot be, or is not where it was asked for.</summary>
internal sealed class FailedListWriter : IDisposable
{
    private static readonly StringComparison PathComparison =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private readonly PSCmdlet _cmdlet;
    private readonly FailedList _list;
    private readonly string _wanted;
    private bool _wasInput;

    private FailedListWriter(PSCmdlet cmdlet, FailedList list, string wanted)
    {
        _cmdlet = cmdlet;
        _list = list;
        _wanted = wanted;
    }

    /// <summary>Begins the list of a run.</summary>
    /// <returns><see langword="null"/> where none is wanted, or the default place for it cannot be written.</returns>
    internal static FailedListWriter? Begin(PSCmdlet cmdlet, string path, bool isUnwanted)
    {
        if (isUnwanted || OutputFiles.IsNullDevice(path)) return null;
        bool isChosen = cmdlet.MyInvocation.BoundParameters.ContainsKey("FailedListPath");
        string file = isChosen || cmdlet.SessionState.Path.CurrentLocation.Provider.Name == "FileSystem"
            ? cmdlet.ResolveOutputFile(path, CommandErrors.UnwritableList)
            : Path.Combine(cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        try
        {
            return new FailedListWriter(cmdlet, FailedList.Create(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isChosen) cmdlet.ThrowTerminatingError(CommandErrors.UnwritableList(file, e));
            cmdlet.WriteWarning(Text.Format(SR.NoFailedList, e.Message));
            return null;
        }
    }

    /// <summary>Tells what the user would not expect. Apart from <see cref="Begin"/>, since a warning may end the pipeline.</summary>
    internal void Announce()
    {
        if (_list.Path != _wanted) _cmdlet.WriteWarning(Text.Format(SR.FailedListTaken, _wanted, _list.Path));
        if (_list.SetAside is { } aside) _cmdlet.WriteWarning(Text.Format(SR.FailedListSetAside, aside));
    }

    /// <summary>The file that the list is in, once it is complete; <see langword="null"/> where everything passed.</summary>
    internal string? WrittenPath => _list.Count > 0 ? _list.Path : null;

    /// <summary>Notes a file that entries were read from.</summary>
    internal void NoteInput(string path) => _wasInput |= IsSame(path, _list.Path);

    /// <summary>Where a file is now that the leftover of a run that was cut short has made way.</summary>
    internal string Locate(string path) => _list.SetAside is { } aside && IsSame(path, _list.PartialPath) ? aside : path;

    internal void Add(MirrorImageResult result) => Write(() => _list.Add(result.Id, result.Line));

    /// <summary>Ends the list. A run that had nothing to validate leaves the file as it was.</summary>
    internal void Complete(bool anyResults)
    {
        if (anyResults) Write(() => _list.Complete(_wasInput));
    }

    public void Dispose() => _list.Dispose();

    private static bool IsSame(string one, string other) => string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), PathComparison);

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _cmdlet.ThrowTerminatingError(CommandErrors.UnwritableList(_list.Path, e));
        }
    }
}

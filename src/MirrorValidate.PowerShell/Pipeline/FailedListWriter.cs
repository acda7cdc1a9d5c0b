using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>Keeps the failed list of a run, and tells the user where it cannot be, or is not where it was asked for.</summary>
internal sealed class FailedListWriter : IDisposable
{
    private readonly FailedList _list;
    private bool _wasInput;

    private FailedListWriter(FailedList list) => _list = list;

    /// <summary>Begins the list of a run.</summary>
    /// <returns><see langword="null"/> where none is wanted, or the default place for it cannot be written.</returns>
    internal static FailedListWriter? Begin(PSCmdlet cmdlet, string path, bool isUnwanted)
    {
        if (isUnwanted) return null;
        bool isChosen = cmdlet.MyInvocation.BoundParameters.ContainsKey("FailedListPath");
        string file = isChosen || cmdlet.SessionState.Path.CurrentLocation.Provider.Name == "FileSystem"
            ? cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)
            : Path.Combine(cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        try
        {
            FailedList list = FailedList.Create(file);
            if (list.Path != file) cmdlet.WriteWarning($"Another run is writing {file}; the failed list of this run is {list.Path}.");
            return new FailedListWriter(list);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isChosen) cmdlet.ThrowTerminatingError(CommandErrors.UnwritableList(file, e));
            cmdlet.WriteWarning($"No failed list is written: {e.Message} Name another file with -FailedListPath.");
            return null;
        }
    }

    /// <summary>Notes a file that entries were read from.</summary>
    internal void NoteInput(string path) => _wasInput |= Path.GetFullPath(path) == Path.GetFullPath(_list.Path);

    internal void Add(MirrorImageResult result) => _list.Add(result.Id, result.Line);

    internal void Complete() => _list.Complete(_wasInput);

    public void Dispose() => _list.Dispose();
}

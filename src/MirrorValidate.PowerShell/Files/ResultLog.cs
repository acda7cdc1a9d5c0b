using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Files;

/// <summary>The result file of a cmdlet. What goes wrong with it is a terminating error.</summary>
internal sealed class ResultLog : IDisposable
{
    private readonly ICommandRuntime _streams;
    private readonly ResultFile _file;
    private readonly PassedEntries? _passed;

    private ResultLog(ICommandRuntime streams, ResultFile file, PassedEntries? passed)
    {
        _streams = streams;
        _file = file;
        _passed = passed;
    }

    /// <summary>Opens the file.</summary>
    /// <param name="cmdlet">The cmdlet that writes it.</param>
    /// <param name="path">The path, relative to the current location.</param>
    /// <param name="opening">What becomes of one that exists.</param>
    /// <param name="passed">Takes the results that are there; <see langword="null"/> where they do not matter.</param>
    internal static ResultLog Open(PSCmdlet cmdlet, string path, ResultFileOpening opening, PassedEntries? passed)
    {
        string file = cmdlet.ResolveOutputFile(path, CommandErrors.OfResultFile);
        try
        {
            return new ResultLog(cmdlet.CommandRuntime, ResultFile.Open(file, opening, passed), passed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.OfResultFile(file, e));
            throw;
        }
    }

    /// <summary>Writes the warnings. Not part of <see cref="Open"/>, since a warning may stop the pipeline.</summary>
    internal void WriteWarnings()
    {
        if (_file.RemovedBytes > 0)
            _streams.WriteWarning(Text.Format(SR.ResultFileMended, _file.Path, _file.RemovedBytes));
    }

    /// <summary>Whether an entry has passed in the run that is resumed, and need not be validated again.</summary>
    internal bool HasPassed(ImageListEntry entry) => _passed?.Contains(entry) == true;

    /// <summary>Appends a result; the system has it when this returns.</summary>
    internal void Add(MirrorImageResult result) => Write(() => _file.Add(result));

    /// <summary>As <see cref="Add"/>, but from any thread.</summary>
    /// <exception cref="IOException">It cannot be written: see <see cref="Fail"/>.</exception>
    internal void AddFromAnyThread(MirrorImageResult result) => _file.Add(result);

    /// <summary>Ends the cmdlet, since a result could not be written.</summary>
    internal void Fail(IOException exception) =>
        _streams.ThrowTerminatingError(CommandErrors.OfResultFile(_file.Path, exception));

    /// <summary>Notes that the run has ended.</summary>
    /// <param name="unreadLists">What is wrong with each list that was not read.</param>
    internal void Complete(IReadOnlyList<string> unreadLists) => Write(() => _file.Complete(unreadLists));

    public void Dispose() => _file.Dispose();

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _streams.ThrowTerminatingError(CommandErrors.OfResultFile(_file.Path, e));
        }
    }
}

using System.Collections.ObjectModel;
using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.PowerShell.Running;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads the results in result files of Test-MirrorImage.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "MirrorResult", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MirrorImageResult))]
public sealed class ImportMirrorResultCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _files = [];
    private readonly List<string> _problems = [];

    /// <summary>Result files. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Result files. Wildcard characters are taken literally.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Return every result, not only the last of each entry.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (string path in isLiteral ? LiteralPath : Path)
            _files.AddRange(Resolve(path, isLiteral).Where(file => !_files.Contains(file)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (All) WriteAll();
        else WriteLast();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void WriteAll()
    {
        foreach (string file in _files) Write(ResultIndex.ReadAll(file), file);
    }

    private void WriteLast()
    {
        var tally = new RunTally();
        var index = new ResultIndex();
        foreach (string file in _files) Read(index, file);
        string[] problems = [.. index.Shards.FindProblems()];
        foreach (string problem in problems) Report(CommandErrors.IncompleteShards(problem));
        Write(index.ReadLast(), string.Join(", ", _files), tally);
        WriteInformation(tally.Summarize(_problems, failedListPath: null), [RunSummary.InformationTag]);
    }

    private void Read(ResultIndex index, string file)
    {
        try
        {
            string? problem = ResultFileMark.Read(file);
            if (index.Add(file, _stop.Token)) WriteWarning(Text.Format(SR.ResultFileTorn, file));
            if (problem is not null) Report(CommandErrors.UnfinishedResults(file, problem));
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(CommandErrors.OfResultFile(file, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnreadableResults(file, e));
        }
    }

    private void Write(IEnumerable<MirrorImageResult> results, string files, RunTally? tally = null)
    {
        using IEnumerator<MirrorImageResult> all = results.GetEnumerator();
        while (!Stopping && MoveNext(all, files))
        {
            tally?.Add(all.Current);
            WriteObject(all.Current);
        }
    }

    private bool MoveNext(IEnumerator<MirrorImageResult> results, string files)
    {
        try
        {
            return results.MoveNext();
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(CommandErrors.OfResultFile(files, e));
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnreadableResults(files, e));
            throw;
        }
    }

    private void Report(ErrorRecord error)
    {
        _problems.Add(error.Exception.Message);
        WriteError(error);
    }

    private Collection<string> Resolve(string path, bool isLiteral)
    {
        Collection<string> files = this.ResolveInputFiles(path, isLiteral, out Exception? problem);
        if (problem is not null) ThrowTerminatingError(CommandErrors.UnreadableResults(path, problem));
        return files;
    }
}

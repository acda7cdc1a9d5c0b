using System.Collections;
using System.Management.Automation;
using MirrorValidate.PowerShell.Running;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Reports;

/// <summary>
/// Reads results from pipeline input: results themselves, what was kept of them, and whole JSON reports. The summary of
/// a run (<c>6>&amp;1</c>) tells which lists were not read.
/// </summary>
/// <param name="addResult">Takes each result.</param>
/// <param name="addUnreadList">Takes what is wrong with each list that was not read.</param>
internal sealed class ResultInput(Action<MirrorImageResult> addResult, Action<string> addUnreadList)
{
    /// <summary>Reads an object.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    internal void Read(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                break;
            case MirrorImageResult result:
                addResult(result);
                break;
            case InformationRecord information:
                if (PSObjectValue.Of(information.MessageData) is { } message) TryReadSummary(message);
                break;
            case IEnumerable items and not (string or IDictionary):
                foreach (object? item in items) Read(item is null ? null : PSObject.AsPSObject(item));
                break;
            default:
                ReadKept(new PSObjectValue(input));
                break;
        }
    }

    private void ReadKept(PSObjectValue value)
    {
        bool hasStatus = value.Member(nameof(MirrorImageResult.Status)) is not null;
        if (hasStatus || !TryReadReport(value) && !TryReadSummary(value.Member("MessageData") ?? value))
            addResult(ResultReader.Read(value));
    }

    private bool TryReadReport(PSObjectValue value)
    {
        if (value.Member("results") is not { } results) return false;
        foreach (IResultValue result in results.Items) addResult(ResultReader.Read(result));
        foreach (IResultValue problem in value.Member("unreadLists")?.Items ?? []) addUnreadList(problem.Text);
        return true;
    }

    private bool TryReadSummary(IResultValue value)
    {
        if (value.Member(nameof(RunSummary.UnreadLists)) is not { } lists) return false;
        foreach (IResultValue problem in lists.Items) addUnreadList(problem.Text);
        return true;
    }
}

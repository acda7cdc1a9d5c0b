using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.Reports;
using MirrorValidate.Reports.Changes;
using MirrorValidate.Reports.Results;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Reports;

/// <summary>
/// Reads the results of an earlier run: JSON reports and result files by their paths, or the results themselves.
/// </summary>
internal static class BaselineInput
{
    /// <summary>Reads them. What cannot be read is a terminating error.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="items">The argument of <c>-Baseline</c>.</param>
    /// <param name="spool">Keeps the results.</param>
    internal static Baseline ReadBaseline(this PSCmdlet cmdlet, PSObject[] items, ResultSpool spool)
    {
        var baseline = new Baseline(spool);
        var input = new ResultInput(baseline.Add, _ => { });
        foreach (PSObject item in items)
        {
            string? name = item?.BaseObject switch
            {
                string path => path,
                FileInfo file => file.FullName,
                _ => null,
            };
            try
            {
                if (name is null) input.Read(item);
                else ReadFile(cmdlet, name, baseline);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException
                or SessionStateException)
            {
                cmdlet.ThrowTerminatingError(CommandErrors.UnreadableBaseline(name ?? "(given as results)", e));
            }
        }

        return baseline;
    }

    private static void ReadFile(PSCmdlet cmdlet, string path, Baseline baseline)
    {
        string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        if (ResultIndex.TryRead(file) is { } results)
        {
            foreach (MirrorImageResult result in results) baseline.Add(result);
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
        foreach (MirrorImageResult result in ReportFile.Read(stream)) baseline.Add(result);
    }
}

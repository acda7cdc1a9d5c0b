using System.Management.Automation;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>What a script wrote to each stream, and what ended it early if anything did.</summary>
public sealed record Outcome(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<string> Debug,
    IReadOnlyList<InformationRecord> Information,
    Exception? Terminating)
{
    /// <summary>The only object that was written.</summary>
    public PSObject Only
    {
        get
        {
            Assert.True(Output.Count == 1, $"{Output.Count} objects: {string.Join("; ", Output)}; errors: {string.Join("; ", Errors)}; ended by: {Terminating}");
            return Output[0];
        }
    }

    /// <summary>A property of the only object, as text.</summary>
    public string Text(string property) => Only.Text(property);
}

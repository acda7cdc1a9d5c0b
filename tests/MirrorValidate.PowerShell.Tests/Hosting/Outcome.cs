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
    public PSObject Only => Assert.Single(Output);

    /// <summary>A property of the only object, as text.</summary>
    public string Text(string property) => Only.Text(property);
}

using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>The user interface of <see cref="TypingHost"/>.</summary>
public sealed class TypingUserInterface(IEnumerable<string?> lines) : PSHostUserInterface
{
    private readonly Queue<string?> _lines = new(lines);

    public StringBuilder Shown { get; } = new();

    /// <summary>The progress records, in the order of their arrival.</summary>
    public List<ProgressRecord> Progress { get; } = [];

    public override PSHostRawUserInterface? RawUI => null;

    public override string? ReadLine() => _lines.TryDequeue(out string? line) ? line : null;

    public override void Write(string value) => Shown.Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Shown.Append(value);

    public override void WriteLine(string value) => Shown.AppendLine(value);

    public override void WriteErrorLine(string value) => Shown.AppendLine(value);

    public override void WriteDebugLine(string message) => Shown.AppendLine(message);

    public override void WriteVerboseLine(string message) => Shown.AppendLine(message);

    public override void WriteWarningLine(string message) => Shown.AppendLine(message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Add(Copy(record));

    // The same record may be changed and sent again.
    private static ProgressRecord Copy(ProgressRecord record) => new(record.ActivityId, record.Activity, record.StatusDescription)
    {
        RecordType = record.RecordType,
        PercentComplete = record.PercentComplete,
        SecondsRemaining = record.SecondsRemaining,
    };

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new NotSupportedException();
}

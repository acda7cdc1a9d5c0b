using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>A host at which somebody types lines; after the last one its input has ended.</summary>
public sealed class TypingHost : PSHost
{
    private readonly TypingUserInterface _ui;

    public TypingHost(params string?[] lines) => _ui = new TypingUserInterface(lines);

    /// <summary>The progress records, in the order of their arrival.</summary>
    public IReadOnlyList<ProgressRecord> Progress => _ui.Progress;

    /// <summary>What it was asked to show.</summary>
    public string Shown => _ui.Shown.ToString();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "TypingHost";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}

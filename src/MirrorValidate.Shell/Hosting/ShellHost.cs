using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace MirrorValidate.Shell.Hosting;

/// <summary>The host that the engine sees as <c>$Host</c>.</summary>
internal sealed class ShellHost(ShellUserInterface userInterface) : PSHost
{
    /// <summary>The code of the last <c>exit</c>, or null while nothing asked to leave.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "MirrorValidate.Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => userInterface;

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        throw new PSNotSupportedException("This shell has no nested prompts; choose another answer than Suspend.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("No nested prompt is open.");

    // A child process that takes the terminal over must not find half a progress line there.
    public override void NotifyBeginApplication() => userInterface.HideProgress();

    public override void NotifyEndApplication()
    {
    }
}

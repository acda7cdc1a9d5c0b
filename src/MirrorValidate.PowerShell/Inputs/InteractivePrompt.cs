using System.Management.Automation;
using System.Management.Automation.Host;
using MirrorValidate.PowerShell.Errors;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>
/// Asks for list lines at the prompt <c>&gt;&gt;&gt; </c>, as image-tools does when it is given no list.
/// </summary>
internal static class InteractivePrompt
{
    /// <summary>
    /// The lines typed, up to an empty one or the end of input. A host that cannot prompt is a terminating error.
    /// </summary>
    internal static IEnumerable<string> ReadLines(PSCmdlet cmdlet)
    {
        while (Ask(cmdlet) is { } line && !string.IsNullOrWhiteSpace(line)) yield return line;
    }

    private static string? Ask(PSCmdlet cmdlet)
    {
        try
        {
            if (cmdlet.Host.UI is not { } ui) throw new PSInvalidOperationException(SR.NoUserInterface);
            ui.Write(SR.Prompt);
            return ui.ReadLine();
        }
        catch (Exception e) when (e is HostException
            or PSInvalidOperationException or NotImplementedException or NotSupportedException)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.NoInput(e));
            return null;
        }
    }
}

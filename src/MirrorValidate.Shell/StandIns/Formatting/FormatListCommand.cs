using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MirrorValidate.Shell.StandIns.Formatting;

/// <summary>Shows objects as a list of their properties; the engine's own formatter with all its parameters.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Connects the engine's formatter.</summary>
    public FormatListCommand() => EngineInternals.UseShape(this, "List");
}

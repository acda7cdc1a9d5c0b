using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MirrorValidate.Shell.StandIns.Formatting;

/// <summary>Shows objects as a table; the engine's own formatter with all its parameters.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Connects the engine's formatter.</summary>
    public FormatTableCommand() => EngineInternals.UseShape(this, "Table");
}

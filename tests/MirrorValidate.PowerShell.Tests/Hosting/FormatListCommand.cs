using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>
/// Shows objects as lists. The real command is not in the engine's own assembly, the formatter that it puts to work is, and so are the
/// base class and everything that chooses the view.
/// </summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public FormatListCommand()
    {
        Assembly engine = typeof(PSObject).Assembly;
        string prefix = typeof(OuterFormatTableAndListBase).Namespace + ".";
        Type shapes = engine.GetType(prefix + "FormatShape", throwOnError: true)!;
        Type formatter = engine.GetType(prefix + "InnerFormatShapeCommand", throwOnError: true)!;
        typeof(FrontEndCommandBase).GetField("implementation", Instance)!.SetValue(
            this, Activator.CreateInstance(formatter, Instance, binder: null, [Enum.Parse(shapes, "List")], culture: null));
    }
}

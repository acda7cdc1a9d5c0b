using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MirrorValidate.Shell;

/// <summary>
/// The parts of the engine that pwsh's console host and its modules reach as friends and that have no public door.
/// The package's version is pinned, and the tests of the shell go through each of them.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string FormatNamespace = "Microsoft.PowerShell.Commands.Internal.Format.";

    private static readonly Assembly s_engine = typeof(PSObject).Assembly;

    /// <summary>Lets the <c>exit</c> of a script file that is run as a command reach the host, instead of ending that script only.</summary>
    public static void LetExitReachHost(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Instance)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Instance)!.SetValue(context, true);
    }

    /// <summary>Marks an error record as one of the error stream, so that Out-Default shows it there.</summary>
    public static PSObject ForErrorStream(ErrorRecord error)
    {
        PSObject record = new(error);
        PropertyInfo stream = typeof(PSObject).GetProperty("WriteStream", Instance)!;
        stream.SetValue(record, Enum.Parse(stream.PropertyType, "Error"));
        return record;
    }

    /// <summary>What a command throws to stop the commands upstream of it, quietly.</summary>
    public static Exception StopUpstream(InternalCommand command) =>
        (Exception)Create("System.Management.Automation.StopUpstreamCommandsException", command);

    /// <summary>Gives a formatting command the engine's table or list formatter.</summary>
    /// <param name="command">A command derived from the engine's public base.</param>
    /// <param name="shape"><c>Table</c> or <c>List</c>.</param>
    public static void UseShape(FrontEndCommandBase command, string shape)
    {
        Type shapes = s_engine.GetType(FormatNamespace + "FormatShape", throwOnError: true)!;
        SetImplementation(command, Create(FormatNamespace + "InnerFormatShapeCommand", Enum.Parse(shapes, shape)));
    }

    /// <summary>Gives an output command the engine's formatter, writing text to a writer.</summary>
    public static void UseWriter(FrontEndCommandBase command, TextWriter writer, int width)
    {
        object output = Create(FormatNamespace + "TextWriterLineOutput", writer, width);
        object manager = Create(FormatNamespace + "OutputManagerInner");
        manager.GetType().GetProperty("LineOutput", Instance)!.SetValue(manager, output);
        SetImplementation(command, manager);
    }

    private static void SetImplementation(FrontEndCommandBase command, object implementation) =>
        typeof(FrontEndCommandBase).GetField("implementation", Instance)!.SetValue(command, implementation);

    private static object Create(string typeName, params object[] arguments) => Activator.CreateInstance(
        s_engine.GetType(typeName, throwOnError: true)!, Instance, binder: null, arguments, culture: null)!;
}

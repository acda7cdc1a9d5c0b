using System.Management.Automation.Runspaces;

namespace MirrorValidate.Shell.Running;

/// <summary>Turns the words after a script's path into parameters, as pwsh's <c>-File</c> does.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name</c> is a parameter or a switch, <c>-Name:value</c> a parameter with its value (<c>$true</c> and <c>$false</c> are
    /// Booleans), anything else a value: by position, or of the name before it. Values are strings; nothing is evaluated.
    /// </summary>
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            int colon = argument.IndexOf(':', StringComparison.Ordinal);
            if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] is '_' or '?'))
                yield return new CommandParameter(null, argument);
            else if (colon < 0)
                yield return new CommandParameter(argument);
            else if (colon < argument.Length - 1)
                yield return new CommandParameter(argument[..colon], Value(argument[(colon + 1)..]));
            else if (i + 1 < arguments.Count)
                yield return new CommandParameter(argument[..colon], Value(arguments[++i]));
            else
                yield return new CommandParameter(argument[..colon]);
        }
    }

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}

namespace MirrorValidate.Demo;

/// <summary>The demo's command line, translated to PowerShell's own arguments.</summary>
/// <param name="ForShell">PowerShell's arguments; empty if the demo only prints its usage.</param>
/// <param name="NeedsFolder">Whether it runs in a temporary folder with the image list.</param>
internal sealed record DemoArguments(IReadOnlyList<string> ForShell, bool NeedsFolder = false)
{
    internal const string Usage =
        """
        Starts two registries in this process, one a mirror of the other with some defects, and PowerShell with
        MirrorValidate imported. $source and $destination name the registries.

          (no arguments)          the tour: validates the mirror and shows what was found
          -Interactive            a prompt in a folder with the image list, to try your own commands
          -Command TEXT           runs your own commands, as pwsh -Command does
          -File SCRIPT [ARGS]     runs your own script, as pwsh -File does
          -Help                   this text
        """;

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">What the user typed.</param>
    /// <exception cref="ArgumentException">The command line is invalid; the message is for the user.</exception>
    internal static DemoArguments Parse(string[] arguments)
    {
        if (arguments is not [string option, .. string[] own])
            return new(["-NonInteractive", "-File", ScriptOf("Tour")], NeedsFolder: true);
        return option.ToUpperInvariant() switch
        {
            "-INTERACTIVE" when own is [] => new(["-NoExit", "-File", ScriptOf("Welcome")], NeedsFolder: true),
            "-INTERACTIVE" => throw new ArgumentException($"-Interactive takes no arguments, and got \"{own[0]}\"."),
            "-COMMAND" or "-C" when own is not [] => new(["-Command", .. own]),
            "-COMMAND" or "-C" => throw new ArgumentException("-Command needs the commands to run."),
            "-FILE" or "-F" when own is [] => throw new ArgumentException("-File needs the path of a script."),
            "-FILE" or "-F" when own[0] != "-" && !File.Exists(own[0]) =>
                throw new ArgumentException($"There is no script \"{own[0]}\"."),
            "-FILE" or "-F" => new(["-File", .. own]),
            "-HELP" or "-H" or "-?" or "--HELP" => new([]),
            _ => throw new ArgumentException(
                $"\"{option}\" is not an argument of the demo: use -Interactive, -Command, -File or -Help."),
        };
    }

    private static string ScriptOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".ps1");
}

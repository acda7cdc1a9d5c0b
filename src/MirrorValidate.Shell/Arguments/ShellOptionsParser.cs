namespace MirrorValidate.Shell.Arguments;

/// <summary>
/// Reads the command line the way pwsh does: parameters may be shortened and start with <c>-</c>, <c>--</c> or
/// (on Windows) <c>/</c>; everything after <c>-Command</c> is its text, everything after <c>-File</c> and the path is the script's.
/// </summary>
internal static class ShellOptionsParser
{
    /// <summary>Names with the shortest form that is accepted for each.</summary>
    private static readonly (string Name, int Shortest)[] s_parameters =
    [
        ("Command", 1),
        ("File", 1),
        ("Help", 1),
        ("?", 1),
        ("Version", 1),
        ("Demo", 1),
        ("NonInteractive", 4),
        ("NoProfile", 3),
        ("NoLogo", 3),
    ];

    public static ShellOptions Parse(IReadOnlyList<string> arguments, bool inputRedirected)
    {
        bool nonInteractive = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!IsParameter(argument))
                return File(arguments, i, nonInteractive);

            switch (NameOf(argument))
            {
                case "NonInteractive":
                    nonInteractive = true;
                    break;
                case "NoProfile" or "NoLogo":
                    break;
                case "Help" or "?":
                    return new ShellOptions(ShellMode.Help);
                case "Version":
                    return new ShellOptions(ShellMode.Version);
                case "Demo":
                    return new ShellOptions(ShellMode.Demo, NonInteractive: nonInteractive);
                case "Command":
                    return Command(arguments, i + 1, nonInteractive);
                case "File":
                    return i + 1 < arguments.Count
                        ? File(arguments, i + 1, nonInteractive)
                        : throw new ShellUsageException("-File needs the path of a script.");
                default:
                    throw new ShellUsageException($"The parameter '{argument}' is not known.");
            }
        }

        return new ShellOptions(
            inputRedirected ? ShellMode.StandardInput : ShellMode.Interactive, NonInteractive: nonInteractive);
    }

    private static ShellOptions Command(IReadOnlyList<string> arguments, int first, bool nonInteractive) =>
        (arguments.Count - first) switch
        {
            0 => throw new ShellUsageException("-Command needs the text to run, or - for standard input."),
            1 when arguments[first] == "-" => new ShellOptions(ShellMode.StandardInput, NonInteractive: nonInteractive),
            _ => new ShellOptions(
                ShellMode.Command, string.Join(' ', arguments.Skip(first)), NonInteractive: nonInteractive),
        };

    private static ShellOptions File(IReadOnlyList<string> arguments, int first, bool nonInteractive) =>
        new(ShellMode.File, arguments[first], [.. arguments.Skip(first + 1)], nonInteractive);

    private static bool IsParameter(string argument) =>
        argument.Length > 1 && (argument[0] == '-' || (OperatingSystem.IsWindows() && argument[0] == '/'));

    private static string? NameOf(string argument)
    {
        string given = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
        foreach ((string name, int shortest) in s_parameters)
        {
            if (given.Length >= shortest && name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return null;
    }
}

using System.Reflection;

namespace MirrorValidate.Shell.Arguments;

/// <summary>What <c>-Help</c> and <c>-Version</c> print.</summary>
internal static class UsageText
{
    public const string Help =
        """
        MirrorValidate.Shell: PowerShell with the MirrorValidate module imported, for machines without pwsh.

        Usage:
          MirrorValidate.Shell [-NonInteractive] -Command TEXT
          MirrorValidate.Shell [-NonInteractive] -File SCRIPT.ps1 [ARGUMENT ...]
          MirrorValidate.Shell -Demo
          MirrorValidate.Shell

          -Command, -c      Runs TEXT (all that follows). The lines of a redirected standard input are $input.
                            With - as TEXT, standard input is the script.
          -File, -f         Runs the script with its arguments, named or by position. $PSScriptRoot is its folder.
          -Demo             Starts two registries in this process, mirrors a dozen images with some defects,
                            and validates the mirror. Needs no network.
          -NonInteractive   Prompts fail with an error instead of asking.
          -Help, -?         This text.
          -Version          The version.
          -NoProfile and -NoLogo are accepted: the shell has neither.

          Without arguments: an interactive prompt on a terminal; otherwise standard input is the script.

        Exit codes: the script's or command's `exit N`; 1 after a terminating error (with -Command also when the last
        statement failed); 64 for a command line that cannot be read; 130 after Ctrl+C, 143 after SIGTERM; otherwise 0.

        Examples:
          MirrorValidate.Shell -Command "Get-Content ./list.txt | Test-MirrorImage -ThrottleLimit 10"
          cat list.txt | MirrorValidate.Shell -c '$input | Test-MirrorImage -d private.registry.io'
          MirrorValidate.Shell -Command "Get-Help Test-MirrorImage -Full"

        """;

    /// <summary>The product's name and version, without the build metadata.</summary>
    public static string Version
    {
        get
        {
            string version = typeof(UsageText).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
            return "MirrorValidate.Shell " + version.Split('+')[0];
        }
    }
}

using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using MirrorValidate.Shell.StandIns.Data;
using MirrorValidate.Shell.StandIns.Files;
using MirrorValidate.Shell.StandIns.Formatting;
using MirrorValidate.Shell.StandIns.Objects;
using MirrorValidate.Shell.StandIns.Prompts;
using MirrorValidate.Shell.StandIns.Streams;

namespace MirrorValidate.Shell.StandIns;

/// <summary>
/// Small versions of the everyday commands that PowerShell keeps in modules which its NuGet package does not carry.
/// Each has the parameters that people type most, with the meaning they have in pwsh, and leaves the others out.
/// </summary>
internal static class StandInCommands
{
    private static readonly Type[] s_commands =
    [
        typeof(ConvertFromJsonCommand),
        typeof(ConvertToJsonCommand),
        typeof(ConvertToSecureStringCommand),
        typeof(ExportClixmlCommand),
        typeof(ExportCsvCommand),
        typeof(FormatListCommand),
        typeof(FormatTableCommand),
        typeof(GetChildItemCommand),
        typeof(GetContentCommand),
        typeof(GetCredentialCommand),
        typeof(GetLocationCommand),
        typeof(GetMemberCommand),
        typeof(GroupObjectCommand),
        typeof(ImportClixmlCommand),
        typeof(ImportCsvCommand),
        typeof(JoinPathCommand),
        typeof(MeasureObjectCommand),
        typeof(OutFileCommand),
        typeof(OutStringCommand),
        typeof(ReadHostCommand),
        typeof(RemoveItemCommand),
        typeof(SelectObjectCommand),
        typeof(SetContentCommand),
        typeof(SetLocationCommand),
        typeof(SortObjectCommand),
        typeof(TestPathCommand),
        typeof(WriteDebugCommand),
        typeof(WriteErrorCommand),
        typeof(WriteHostCommand),
        typeof(WriteInformationCommand),
        typeof(WriteOutputCommand),
        typeof(WriteProgressCommand),
        typeof(WriteVerboseCommand),
        typeof(WriteWarningCommand),
    ];

    private static readonly (string Alias, string Command)[] s_aliases =
    [
        ("cd", "Set-Location"),
        ("dir", "Get-ChildItem"),
        ("echo", "Write-Output"),
        ("fl", "Format-List"),
        ("ft", "Format-Table"),
        ("gc", "Get-Content"),
        ("gci", "Get-ChildItem"),
        ("gm", "Get-Member"),
        ("group", "Group-Object"),
        ("measure", "Measure-Object"),
        ("pwd", "Get-Location"),
        ("select", "Select-Object"),
    ];

    /// <summary>Adds those commands whose names are free in the session to be.</summary>
    public static void AddMissing(InitialSessionState state)
    {
        HashSet<string> present = state.Commands.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (Type type in s_commands)
        {
            CmdletAttribute cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
            string name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            if (present.Add(name))
                state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }

        foreach ((string alias, string command) in s_aliases)
        {
            if (present.Add(alias))
                state.Commands.Add(new SessionStateAliasEntry(alias, command));
        }
    }
}

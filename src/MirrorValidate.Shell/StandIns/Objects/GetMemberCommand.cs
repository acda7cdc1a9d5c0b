using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>What properties and methods objects have, once for each type.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of members, with wildcards.</summary>
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The kinds of members.</summary>
    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || !_types.Add(InputObject.TypeNames[0]))
            return;
        IEnumerable<PSMemberInfo> members = Name.SelectMany(name => InputObject.Members.Match(name, MemberType));
        foreach (PSMemberInfo member in members.Where(IsShown).OrderBy(member => member.Name, StringComparer.OrdinalIgnoreCase))
        {
            PSObject row = new();
            row.Properties.Add(new PSNoteProperty("Name", member.Name));
            row.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            row.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
            row.Properties.Add(new PSNoteProperty("TypeName", InputObject.TypeNames[0]));
            WriteObject(row);
        }
    }

    // Accessors of properties, operators and the object's hidden views are members that nobody types.
    private static bool IsShown(PSMemberInfo member) =>
        member.MemberType != PSMemberTypes.MemberSet &&
        !member.Name.StartsWith("get_", StringComparison.Ordinal) &&
        !member.Name.StartsWith("set_", StringComparison.Ordinal) &&
        member.Name is not ("pstypenames" or "psadapted" or "psbase" or "psextended" or "psobject");
}

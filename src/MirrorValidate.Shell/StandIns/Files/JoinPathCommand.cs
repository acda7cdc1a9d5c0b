using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>Joins a path and a child path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : PSCmdlet
{
    /// <summary>The parents.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    /// <summary>What is put below each.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string ChildPath { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
            WriteObject(SessionState.Path.Combine(path, ChildPath));
    }
}

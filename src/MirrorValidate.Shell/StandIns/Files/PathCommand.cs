using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>The pair of parameters with which a command names files: <c>Path</c> with wildcards, <c>LiteralPath</c> without.</summary>
public abstract class PathCommand : PSCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>Paths with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true, ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Paths taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    private protected bool IsLiteral => ParameterSetName == ByLiteralPath;

    private protected string[] GivenPaths => IsLiteral ? LiteralPath : Path;

    private protected IEnumerable<string> Files => GivenPaths.SelectMany(path => FilePaths.Resolve(this, path, IsLiteral));
}

namespace MirrorValidate.Tags;

/// <summary>A comparison with a version.</summary>
/// <param name="Operator"><c>=</c>, <c>!=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c> or <c>&lt;=</c>.</param>
/// <param name="Version">The version.</param>
internal sealed record VersionBound(string Operator, TagVersion Version)
{
    /// <summary>Whether a version is on the right side.</summary>
    /// <param name="version">The version.</param>
    /// <param name="prereleases">Compares prereleases.</param>
    internal bool Includes(TagVersion version, Comparison<string> prereleases)
    {
        int order = version.CompareTo(Version, prereleases);
        return Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            _ => order <= 0,
        };
    }
}

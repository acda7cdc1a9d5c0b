namespace MirrorValidate.PowerShell.Tags;

/// <summary>A tag of a repository. Its properties are those of an entry of an image list.</summary>
/// <param name="Source">The repository with its registry.</param>
/// <param name="Tag">The tag.</param>
public sealed record ImageTagInfo(string Source, string Tag)
{
    /// <summary>The full reference, <c>registry/repository:tag</c>.</summary>
    public string Image => $"{Source}:{Tag}";

    /// <summary>The full reference.</summary>
    public override string ToString() => Image;
}

namespace MirrorValidate.PowerShell.Tags;

/// <summary>A tag of a repository.</summary>
/// <param name="Source">The repository, <c>registry/repository</c>.</param>
/// <param name="Tag">The tag.</param>
public sealed record ImageTagInfo(string Source, string Tag)
{
    /// <summary>The image, <c>registry/repository:tag</c>.</summary>
    public string Image => $"{Source}:{Tag}";

    /// <inheritdoc cref="Image"/>
    public override string ToString() => Image;
}

namespace MirrorValidate.ImageLists.Expansion;

/// <summary>Tags that a list leaves to the registry of the source.</summary>
/// <param name="Repository">
/// The repository. Entries of the same one share the object, so that no tag is in two of them.
/// </param>
/// <param name="Choice">Which tags of it.</param>
internal sealed record OpenTags(OpenRepository Repository, TagChoice Choice);

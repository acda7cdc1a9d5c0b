namespace MirrorValidate.ImageLists.OpenTags;

/// <summary>Which tags of a repository a list means, as the tool that the list is for chooses them.</summary>
internal sealed record TagChoice
{
    /// <summary>All tags.</summary>
    internal static TagChoice All { get; } = new() { Text = "all tags" };

    /// <summary>The choice as the list says it, for the log.</summary>
    internal required string Text { get; init; }

    /// <summary>Any of these must match; none for all tags.</summary>
    internal IReadOnlyList<Func<string, bool>> Any { get; init; } = [];

    /// <summary>Each of these must match.</summary>
    internal IReadOnlyList<Func<string, bool>> Each { get; init; } = [];

    /// <summary>What the list names elsewhere, so that it makes no second entry here.</summary>
    internal Func<string, bool> Except { get; init; } = static _ => false;

    /// <summary>The tags that are meant, in the registry's order.</summary>
    /// <param name="tags">The tags of the repository.</param>
    internal IReadOnlyList<string> Select(IEnumerable<string> tags) => [.. tags.Where(Includes)];

    /// <summary>Whether a tag is meant.</summary>
    internal bool Includes(string tag) =>
        (Any.Count == 0 || Any.Any(matches => matches(tag))) && Each.All(matches => matches(tag));
}

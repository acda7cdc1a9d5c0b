using MirrorValidate.ImageLists.Formats;

namespace MirrorValidate.ImageLists.Expansion;

/// <summary>A repository of which a list names no tags, or not all of them.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Destination">
/// The destination's name; <see langword="null"/> for the same repository at the destination registry.
/// </param>
internal sealed record OpenRepository(string Source, string? Destination)
{
    /// <summary>The platform that its images are limited to.</summary>
    /// <value>Default <see langword="null"/> for none.</value>
    internal string? Platform { get; init; }

    /// <summary>The tags that the list names itself, which are entries already.</summary>
    /// <value>Default none.</value>
    internal IReadOnlySet<string> NamedTags { get; init; } = new HashSet<string>();

    /// <summary>The same repository, of which a list names some tags.</summary>
    internal OpenRepository Naming(IEnumerable<TagItem> items) => this with
    {
        NamedTags = items.Where(item => item.IsTag).Select(item => item.Text).ToHashSet(StringComparer.Ordinal),
    };
}

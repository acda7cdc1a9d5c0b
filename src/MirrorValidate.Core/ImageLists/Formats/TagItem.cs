using MirrorValidate.ImageLists.Expansion;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// What a list says in the place of a tag: a tag, tags that are left to the registry, or nothing that can be read.
/// </summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Text">The tag, or what is written in its place.</param>
internal sealed record TagItem(int Line, string Text)
{
    /// <summary>The tags that are left to the registry.</summary>
    internal TagChoice? Open { get; init; }

    /// <summary>Why it cannot be told which tags are meant.</summary>
    internal string? Problem { get; init; }

    /// <summary>Whether it is a tag.</summary>
    internal bool IsTag => Open is null && Problem is null;
}

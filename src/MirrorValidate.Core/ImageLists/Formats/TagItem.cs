using MirrorValidate.ImageLists.Expansion;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// What a list has in place of a tag: a tag, tags that only the registry knows, or something that cannot be read.
/// </summary>
/// <param name="Line">Its line.</param>
/// <param name="Text">The tag, or what is written in its place.</param>
internal sealed record TagItem(int Line, string Text)
{
    /// <summary>The tags that only the registry knows, if it is that.</summary>
    internal TagChoice? Open { get; init; }

    /// <summary>Why it cannot be read, if it cannot.</summary>
    internal string? Problem { get; init; }

    /// <summary>Whether it is a tag.</summary>
    internal bool IsTag => Open is null && Problem is null;
}

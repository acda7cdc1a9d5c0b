namespace MirrorValidate.ImageLists;

/// <summary>One line of an image list that is neither blank nor a comment.</summary>
/// <param name="Text">The line as read, without its line end.</param>
/// <param name="Number">Its number, counted from 1.</param>
/// <param name="Path">The file that it stands in; <see langword="null"/> where it came from elsewhere.</param>
internal sealed record ImageListLine(string Text, int Number, string? Path)
{
    /// <summary>
    /// Whether the line was longer than what is kept of it; it says something else than <see cref="Text"/> then.
    /// </summary>
    public bool IsTruncated { get; init; }

    /// <summary>Where the line stands, as messages name it: <c>FILE, line N</c>.</summary>
    public string Location => Path is null ? $"line {Number}" : $"{Path}, line {Number}";
}

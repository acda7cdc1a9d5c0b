namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// A YAML or JSON array of references: each item is a list line, or a mapping with <c>image</c> or <c>name</c> and
/// nothing else.
/// </summary>
internal static class ReferenceArray
{
    internal static bool Recognizes(DocumentNode root) =>
        root is DocumentSequence { All.Count: > 0 } array && array.All.All(item => ReferenceOf(item) is not null);

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root is not DocumentSequence array)
            throw new ImageListFormatException("an array of references is a list: [reference, ...]", root.Line);
        return array.Items.SelectMany(item => ReferenceOf(item) is { } reference
            ? entries.MakeOfLine(item.Line, reference)
            : [entries.Refuse(
                item.Line, "-", "an item is a reference, or a mapping with nothing but \"image\" or \"name\"")]);
    }

    private static string? ReferenceOf(DocumentNode item) =>
        item.Text ?? (item.Members is [{ Key: "image" or "name", Value.Text: { } reference }] ? reference : null);
}

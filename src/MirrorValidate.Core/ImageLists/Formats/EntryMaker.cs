using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Makes the entries of a file that has no list lines of its own. Each entry stands for one: the line that says the same, so that the
/// failed list can be used as a list; or, where it cannot be read, a text that no list takes for an entry.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class EntryMaker(string? path)
{
    private int _count;

    /// <summary>Makes an entry of its parts; see <see cref="MirrorImage.Create"/>.</summary>
    internal ImageListEntry Make(int line, string source, string? destination, string? tag)
    {
        try
        {
            MirrorImage image = MirrorImage.Create(new ImageListLine("", line, path), source, destination, tag).AsLine();
            return ImageListEntry.Of(++_count, image);
        }
        catch (ImageListException e)
        {
            return Refuse(line, string.Join(' ', source, destination, tag), (e.InnerException ?? e).Message);
        }
    }

    /// <summary>Makes the entry that a list line says.</summary>
    internal ImageListEntry Make(ImageListLine line) => ImageListEntry.Read(++_count, line);

    /// <summary>Makes the entry that a text says, if it is a list line.</summary>
    internal ImageListEntry MakeOfLine(int number, string text)
    {
        ImageListEntry entry = Make(new ImageListLine(text.ReplaceLineEndings(" "), number, path));
        return entry.Error is { } error ? entry with { Origin = error.Line with { Text = Unreadable(text) } } : entry;
    }

    /// <summary>Makes an entry that cannot be read.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="text">What it says; nothing that is secret.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    internal ImageListEntry Refuse(int line, string text, string problem)
    {
        var origin = new ImageListLine(Unreadable(text), line, path);
        return new ImageListEntry(++_count, origin, Image: null, new ImageListException(origin, problem));
    }

    private static string Unreadable(string text)
    {
        string shown = Printable.Of(text).Trim();
        var line = new ImageListLine(shown, 1, Path: null);
        using var reader = new StringReader(shown);
        bool isEntry = !ImageListReader.Read(reader).Any() || ImageListEntry.Read(1, line).Error is null;
        return isEntry ? $"! {shown}" : shown;
    }
}

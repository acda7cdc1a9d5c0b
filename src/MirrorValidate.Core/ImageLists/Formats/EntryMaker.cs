using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Makes the entries of a file that has no list lines of its own. Each entry stands for one: the line that says the
/// same, so that the failed list can be used as a list; or, where it cannot be read, a text that no list takes for an
/// entry.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class EntryMaker(string? path)
{
    private int _count;

    /// <summary>Makes an entry of its parts; see <see cref="MirrorImage.Create"/>.</summary>
    internal ImageListEntry Make(int line, string source, string? destination, string? tag, string? platform = null)
    {
        try
        {
            var origin = new ImageListLine("", line, path);
            MirrorImage image = MirrorImage.Create(origin, source, destination, tag, platform);
            return ImageListEntry.Of(++_count, image.AsLine());
        }
        catch (ImageListException e)
        {
            return Refuse(line, string.Join(' ', source, destination, tag), (e.InnerException ?? e).Message);
        }
    }

    /// <summary>Makes the entries that a text says, if it is a list line; else the one that cannot be read.</summary>
    internal IEnumerable<ImageListEntry> MakeOfLine(int number, string text)
    {
        var line = new ImageListLine(text.ReplaceLineEndings(" "), number, path);
        foreach (ImageListEntry entry in ImageListEntry.ReadAll(_count + 1, line))
        {
            _count++;
            yield return entry.Error is null
                ? entry
                : entry with { Origin = entry.Origin with { Text = Unreadable(entry.Origin.Text) } };
        }
    }

    /// <summary>Makes the entries of a list in the document; of what is no list, one that cannot be read.</summary>
    /// <param name="parent">What has the list.</param>
    /// <param name="key">The key that it stands under.</param>
    /// <param name="read">Makes the entries of an item.</param>
    internal IEnumerable<ImageListEntry> MakeAll(
        DocumentNode parent, string key, Func<DocumentNode, IEnumerable<ImageListEntry>> read)
    {
        // Not made before it is their turn, so that they are numbered in order.
        foreach (ImageListEntry entry in Make()) yield return entry;

        IEnumerable<ImageListEntry> Make()
        {
            try
            {
                return parent.List(key).SelectMany(read);
            }
            catch (ImageListFormatException e)
            {
                return [Refuse(parent, $"{key}:", e)];
            }
        }
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

    /// <summary>Makes an entry that cannot be read because a value in it is not what it should be.</summary>
    /// <param name="node">What cannot be read.</param>
    /// <param name="text">What it says; nothing that is secret.</param>
    /// <param name="problem">What is wrong with which line.</param>
    internal ImageListEntry Refuse(DocumentNode node, string text, ImageListFormatException problem) =>
        Refuse(problem.LineNumber ?? node.Line, text, problem.Problem);

    /// <summary>Makes an entry whose tags only the source's registry knows; it cannot be read without asking.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="text">What it says.</param>
    /// <param name="problem">Why the tags are not known.</param>
    /// <param name="tags">Which tags are meant.</param>
    internal ImageListEntry Open(int line, string text, string problem, OpenTags.OpenTags tags) =>
        Refuse(line, text, $"{problem}: {Advice.NameTags}") with { Tags = tags };

    private static string Unreadable(string text)
    {
        string shown = Printable.Of(text).Trim();
        var line = new ImageListLine(shown, 1, Path: null);
        using var reader = new StringReader(shown);
        bool isEntry = ImageListEntry.ReadAll(1, line).Any(entry => entry.Error is null);
        return isEntry || !ImageListReader.Read(reader).Any() ? $"! {shown}" : shown;
    }
}

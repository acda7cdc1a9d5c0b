using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Makes the entries of a file that has no list lines of its own. Each entry gets an equivalent line, so that the
/// failed list can be used as a list. The line of an entry that cannot be read is text that is not valid in any list.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class EntryMaker(string? path)
{
    private int _count;

    /// <summary>Makes an entry from its parts; see <see cref="MirrorImage.Create"/>.</summary>
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

    /// <summary>Makes the entries of a list line; if the text is none, one entry that cannot be read.</summary>
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

    /// <summary>Makes the entries of a list in the document; if it is not a list, one that cannot be read.</summary>
    /// <param name="parent">The mapping that has the list.</param>
    /// <param name="key">The key of the list.</param>
    /// <param name="read">Makes the entries of an item.</param>
    internal IEnumerable<ImageListEntry> MakeAll(
        DocumentNode parent, string key, Func<DocumentNode, IEnumerable<ImageListEntry>> read)
    {
        // Made one by one, so that they are numbered in order.
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

    /// <summary>Makes the entry of a tag, or of what is written in its place.</summary>
    /// <param name="item">What is written there.</param>
    /// <param name="repository">The repository that it belongs to.</param>
    /// <param name="place">Where else in the file this is, for the message.</param>
    internal ImageListEntry Make(TagItem item, OpenRepository repository, string place = "")
    {
        string text = $"{repository.Source}: {item.Text}";
        return item switch
        {
            { Problem: { } problem } => Refuse(item.Line, text, problem + place),
            { Open: { } choice } => Leave(item.Line, text, new OpenTags(repository, choice), place),
            _ => Make(item.Line, repository.Source, repository.Destination, item.Text, repository.Platform),
        };
    }

    /// <summary>Makes the entry of tags that only the source's registry knows.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="text">What it says.</param>
    /// <param name="open">The tags.</param>
    /// <param name="place">Where else it stands, for the message.</param>
    internal ImageListEntry Leave(int line, string text, OpenTags open, string place = "")
    {
        try
        {
            if (ImageName.Parse(open.Repository.Source) is not { Store: null, Tag: null, Digest: null })
                throw new FormatException($"\"{Printable.Of(open.Repository.Source)}\" is not a repository");
        }
        catch (FormatException e)
        {
            return Refuse(line, text, e.Message + place);
        }

        string problem = open.Choice.Description is { Length: > 0 } description
            ? $"the tags {description} are not in the file"
            : "no tags are named, so that all are copied, and which these are is not in the file";
        return Refuse(line, text, $"{problem}{place}: {Advice.NameTags}") with { Open = open };
    }

    private static string Unreadable(string text)
    {
        string shown = Printable.Of(text).Trim();
        var line = new ImageListLine(shown, 1, Path: null);
        using var reader = new StringReader(shown);
        bool isEntry = ImageListEntry.ReadAll(1, line).Any(entry => entry.Error is null);
        return isEntry || !ImageListReader.Read(reader).Any() ? $"! {shown}" : shown;
    }
}

using MirrorValidate.ImageLists.Expansion;

namespace MirrorValidate.ImageLists;

/// <summary>An entry of a list in its place: what it says, or why that cannot be read.</summary>
/// <param name="Id">The number of the entry in the list, counted from 1.</param>
/// <param name="Origin">The line.</param>
/// <param name="Image">What it says; <see langword="null"/> where it cannot be read.</param>
/// <param name="Error">Why it cannot be read; <see langword="null"/> where it can.</param>
internal sealed record ImageListEntry(int Id, ImageListLine Origin, MirrorImage? Image, ImageListException? Error)
{
    /// <summary>
    /// The tags that it leaves to the source's registry, so that they cannot be read from the list; else
    /// <see langword="null"/>.
    /// </summary>
    public OpenTags? Open { get; init; }

    /// <summary>Reads a line of one image; one that cannot be read is an entry too.</summary>
    public static ImageListEntry Read(int id, ImageListLine line) => Read(id, line, () => MirrorImage.Parse(line));

    /// <summary>Reads a line: one entry, or one for each tag of <c>IMAGE TAG,TAG</c>.</summary>
    /// <param name="firstId">The number of the first entry.</param>
    /// <param name="line">The line.</param>
    public static IReadOnlyList<ImageListEntry> ReadAll(int firstId, ImageListLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return ListLine.Split(line) is { } lines
            ? [.. lines.Select((one, index) => Read(firstId + index, one))]
            : [Read(firstId, line)];
    }

    /// <summary>Makes the entry of an image that is there already.</summary>
    public static ImageListEntry Of(int id, MirrorImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ImageListEntry(id, image.Origin, image, Error: null);
    }

    /// <summary>Reads an entry in some other way; where that throws, the entry has the error.</summary>
    public static ImageListEntry Read(int id, ImageListLine origin, Func<MirrorImage> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return new ImageListEntry(id, origin, read(), Error: null);
        }
        catch (ImageListException e)
        {
            return new ImageListEntry(id, origin, Image: null, e);
        }
    }
}

using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The <c>mapping.txt</c> that oc-mirror writes: lines <c>source=destination</c>, each a reference with tag or digest,
/// in v2 with <c>docker://</c> before it. If the source is pinned by digest and the destination has a tag, both are
/// kept, so that the destination's tag is compared with the source's digest.
/// </summary>
internal static class OcMirrorList
{
    private const string Scheme = "docker://";

    /// <summary>
    /// Whether a line is of this kind: in a plain list, only the third field can have an equals sign.
    /// </summary>
    internal static bool IsMapping(ImageListLine line)
    {
        int equals = line.Text.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 && !line.Text.AsSpan(0, equals).Trim().ContainsAny(' ', '\t');
    }

    internal static IEnumerable<ImageListEntry> Read(IEnumerable<ImageListLine> lines)
    {
        EntryMaker? entries = null;
        foreach (ImageListLine line in lines)
        {
            entries ??= new EntryMaker(line.Path);
            yield return Read(line, entries);
        }
    }

    private static ImageListEntry Read(ImageListLine line, EntryMaker entries)
    {
        if (line.IsTruncated) return entries.Refuse(line.Number, line.Text, ListLine.TooLong);
        string[] sides = line.Text.Split('=', StringSplitOptions.TrimEntries);
        if (sides is not [{ Length: > 0 } source, { Length: > 0 } destination])
            return entries.Refuse(line.Number, line.Text, "expected source=destination, with one equals sign");
        try
        {
            ImageName from = Parse(source);
            ImageName to = Parse(destination);
            if (to is { Tag: null, Digest: null } && from.Digest is null)
            {
                throw new FormatException(
                    $"the destination \"{Printable.Of(destination)}\" has neither a tag nor a digest: "
                    + "write the one that was mirrored");
            }

            return entries.Make(line.Number, NameOf(from), NameOf(to), TagOf(from, to));
        }
        catch (FormatException e)
        {
            return entries.Refuse(line.Number, line.Text, e.Message);
        }
    }

    private static string TagOf(ImageName from, ImageName to)
    {
        var source = new ImageTag(from.Tag, from.Digest);
        // An image that was copied without a tag has only its digest as a name.
        ImageTag destination = to is { Tag: null, Digest: null }
            ? new ImageTag(null, from.Digest)
            : new ImageTag(to.Tag, to.Digest);
        return $"{source}={destination}";
    }

    private static string NameOf(ImageName name) => (name with { Tag = null, Digest = null }).ToString();

    private static ImageName Parse(string text)
    {
        string name = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text;
        int scheme = name.IndexOf(":/", StringComparison.Ordinal);
        return scheme < 0
            ? ImageName.Parse(name)
            : throw new FormatException(
                $"\"{Printable.Of(text)}\" is not in a registry but in {Printable.Of(name[..scheme])}:, "
                + "where nothing can be compared: mirror to a registry first, and use the mapping of that run");
    }
}

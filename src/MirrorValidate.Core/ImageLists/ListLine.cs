using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>
/// The grammar of a line of a plain list. It is read from left to right: what grep leaves of YAML before an image, the
/// option <c>--platform</c>, then one, two or three fields. Any field may be in quotes or begin with <c>docker://</c>.
/// </summary>
internal static class ListLine
{
    private const string Expected = "expected SOURCE DESTINATION TAG or one reference";
    private const string Transport = "docker://";
    private const string PlatformOption = "--platform";

    /// <summary>What is wrong with a line of which only the beginning was kept.</summary>
    internal static string TooLong => $"the line is longer than {ImageListReader.MaximumLineLength} characters";

    /// <summary>
    /// Reads the one image of a line; a line of several is taken apart first (<see cref="Split"/>).
    /// </summary>
    /// <exception cref="ImageListException">The line cannot be read.</exception>
    internal static MirrorImage Read(ImageListLine line)
    {
        if (line.IsTruncated) throw new ImageListException(line, TooLong);
        try
        {
            (string[] fields, string? platform) = Parse(line.Text);
            return fields switch
            {
                [var mapping] when mapping.Contains('=') => ReadMapping(line, mapping, platform),
                [var image] => MirrorImage.Create(line, image, destination: null, tag: null, platform),
                [var image, var second] => ReadTwo(line, image, second, platform),
                [var from, "=", var to] => MirrorImage.Create(line, from, to, tag: null, platform),
                [var from, var to, var tag] => MirrorImage.Create(line, from, to, tag, platform),
                [] => throw new FormatException($"{Expected}, found nothing"),
                _ => throw new FormatException($"{Expected}, found {fields.Length} fields"),
            };
        }
        catch (FormatException e) when (e is not ImageListException)
        {
            throw new ImageListException(line, e.Message, e);
        }
    }

    /// <summary>Takes a line <c>IMAGE TAG,TAG</c> apart to a line for each tag.</summary>
    /// <returns>The lines; <see langword="null"/> where the line is of one image.</returns>
    internal static IReadOnlyList<ImageListLine>? Split(ImageListLine line)
    {
        if (line.IsTruncated || !line.Text.Contains(',')) return null;
        try
        {
            (string[] fields, string? platform) = Parse(line.Text);
            if (fields is not [var image, var second] || IsDestination(second)) return null;
            if (IsNote(ImageName.Parse(image), second)) return null;
            string[] tags = second.Split(',', StringSplitOptions.RemoveEmptyEntries);
            string option = platform is null ? "" : $"{PlatformOption}={platform} ";
            return tags.Length == 0 ? null : [.. tags.Select(tag => line with { Text = $"{option}{image} {tag}" })];
        }
        catch (FormatException)
        {
            // Reading the line says what is wrong.
            return null;
        }
    }

    /// <summary>
    /// Whether the second of two fields is a destination: no tag has a <c>/</c> or <c>:</c>, and a digest is no name.
    /// </summary>
    private static bool IsDestination(string field) =>
        field.Contains('/') || (field.Contains(':') && !Digest.TryParseInReference(field, out _));

    /// <summary>
    /// Whether the second of two fields says something about the image and nothing about where it went:
    /// rancher-images-sources.txt has <c>IMAGE:TAG chart,chart:version+build</c>. Commas and plus signs are in no
    /// reference.
    /// </summary>
    private static bool IsNote(ImageName image, string field) =>
        image.Tag is not null && (field.AsSpan().ContainsAny(',', '+') || !IsDestination(field));

    private static MirrorImage ReadTwo(ImageListLine line, string image, string second, string? platform)
    {
        if (IsNote(ImageName.Parse(image), second))
            return MirrorImage.Create(line, image, destination: null, tag: null, platform);
        return IsDestination(second)
            ? MirrorImage.Create(line, image, second, tag: null, platform)
            : MirrorImage.Create(line, image, destination: null, second, platform);
    }

    private static MirrorImage ReadMapping(ImageListLine line, string mapping, string? platform) =>
        mapping.Split('=') is [{ Length: > 0 } source, { Length: > 0 } destination]
            ? MirrorImage.Create(line, Unwrap(source), Unwrap(destination), tag: null, platform)
            : throw new FormatException("expected SOURCE=DESTINATION, with one equals sign");

    private static (string[] Fields, string? Platform) Parse(string text)
    {
        string[] fields = Fields(text);
        int first = SkipKeys(fields);
        string? platform = TakePlatform(fields, ref first);
        if (first > 0) fields = fields[first..];
        for (int index = 0; index < fields.Length; index++) fields[index] = Unwrap(fields[index]);
        return (fields, platform);
    }

    private static string[] Fields(string text)
    {
        string[] fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        // No name starts so: the rest of the line is a comment.
        int comment = Array.FindIndex(
            fields, static field => field[0] == '#' || field.StartsWith("//", StringComparison.Ordinal));
        return comment < 0 ? fields : fields[..comment];
    }

    // "- X", "image: X" and "- image: X", after "FILE:" where grep searched several files. No reference ends with a
    // colon.
    private static int SkipKeys(string[] fields)
    {
        int first = 0;
        while (first < fields.Length && (fields[first] == "-" || fields[first].EndsWith(':'))) first++;
        if (first == 0) return 0;
        string last = fields[first - 1];
        string key = last.TrimEnd(':');
        if (last != "-" && key[(key.LastIndexOf(':') + 1)..].Trim('"', '\'') != "image")
        {
            throw new FormatException(
                $"\"{Printable.Of(last)}\" is not \"image:\", the only key that a line may begin with");
        }

        if (Array.Exists(fields, static field => field.Contains("{{", StringComparison.Ordinal)))
            throw new FormatException("the image is a template ({{...}}): render it first, as helm template does");
        return first;
    }

    private static string? TakePlatform(string[] fields, ref int first)
    {
        if (first >= fields.Length || !fields[first].StartsWith("--", StringComparison.Ordinal)) return null;
        string option = fields[first++];
        string platform = "";
        if (option.StartsWith(PlatformOption + "=", StringComparison.Ordinal))
        {
            platform = option[(PlatformOption.Length + 1)..];
        }
        else if (option != PlatformOption)
        {
            throw new FormatException(
                $"\"{Printable.Of(option)}\" is no option of a list line; {PlatformOption}=os/arch is the only one");
        }
        else if (first < fields.Length)
        {
            platform = fields[first++];
        }

        return EntryPlatform.Parse(platform)
            ?? throw new FormatException($"{PlatformOption} has no value: write {PlatformOption}=os/arch");
    }

    private static string Unwrap(string field)
    {
        string text = Unquote(field);
        return text.StartsWith(Transport, StringComparison.Ordinal) ? text[Transport.Length..] : text;
    }

    // A comma after the quote is JSON's.
    private static string Unquote(string field)
    {
        if (field[0] is not ('"' or '\'')) return field;
        string text = field.TrimEnd(',');
        return text.Length > 2 && text.IndexOf(text[0], 1) == text.Length - 1 ? text[1..^1] : field;
    }
}

using System.Collections;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>
/// Reads entries from what is piped to a cmdlet: list lines, <see cref="MirrorImage"/> entries, earlier results, and any objects with
/// <c>Source</c>, <c>Destination</c> and <c>Tag</c>. Numbers them as it goes.
/// </summary>
internal sealed class EntryReader
{
    private int _entries;
    private int _lines;

    /// <summary>The entries in an object; none for a blank line or a comment.</summary>
    internal IEnumerable<ImageListEntry> Read(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                return [];
            case string text:
                return ReadText(text, input);
            case MirrorImage image:
                return [ImageListEntry.Of(++_entries, image)];
            case MirrorImageResult { Source.Length: 0 } unreadable:
                return [Read(new ImageListLine(unreadable.Line, unreadable.LineNumber, NullIfEmpty(unreadable.Path)))];
            case IDictionary dictionary:
                return [ReadParts(input, name => dictionary[name])];
            case IEnumerable items:
                return items.Cast<object?>().SelectMany(item => Read(item is null ? null : PSObject.AsPSObject(item)));
            default:
                return [ReadParts(input, name => input.Properties[name]?.Value)];
        }
    }

    /// <summary>The entry of a line of a file.</summary>
    internal ImageListEntry Read(ImageListLine line) => ImageListEntry.Read(++_entries, line);

    /// <summary>The entry of one image that is given by its parts.</summary>
    internal ImageListEntry Read(string source, string? destination, string? tag)
    {
        string line = string.Join(' ', new[] { source, destination, tag }.Where(part => !string.IsNullOrEmpty(part)));
        var origin = new ImageListLine(OneLine(line), ++_lines, Path: null);
        return ImageListEntry.Read(++_entries, origin, () => MirrorImage.Create(origin, source, destination, tag));
    }

    // Get-Content tells of each line the file and the number. A text with several lines, as Get-Content -Raw gives, is a list.
    private IEnumerable<ImageListEntry> ReadText(string text, PSObject input)
    {
        string? path = input.Properties["PSPath"]?.Value is string psPath ? psPath[(psPath.IndexOf("::", StringComparison.Ordinal) + 2)..] : null;
        bool isNumbered = path is not null && input.Properties["ReadCount"]?.Value is long;
        int first = isNumbered ? (int)(long)input.Properties["ReadCount"].Value : _lines + 1;
        using var reader = new StringReader(text);
        foreach (ImageListLine line in ImageListReader.Read(reader, path, first))
        {
            yield return Read(line);
        }

        _lines += 1 + text.AsSpan().TrimEnd('\n').Count('\n');
    }

    private ImageListEntry ReadParts(PSObject input, Func<string, object?> part)
    {
        if (Text(part("Source")) is { Length: > 0 } source) return Read(source, Text(part("Destination")), Text(part("Tag")));
        // An earlier result that came through a file says nothing but its line when that could not be read.
        if (Text(part("Line")) is { Length: > 0 } line) return Read(new ImageListLine(OneLine(line), ++_lines, Path: null));
        var origin = new ImageListLine(OneLine(input.ToString() ?? ""), ++_lines, Path: null);
        return ImageListEntry.Read(++_entries, origin, () => throw new ImageListException(
            origin, $"an object of type {input.BaseObject.GetType().Name} without a Source property is no entry"));
    }

    private static string? Text(object? value) => value is null ? null : LanguagePrimitives.ConvertTo<string>(value).Trim();

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

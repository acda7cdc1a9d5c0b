using System.Collections;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>
/// Reads entries from pipeline input: list lines, <see cref="MirrorImage"/> objects, also deserialized ones, earlier
/// results, and any objects with <c>Source</c>, <c>Destination</c>, <c>Tag</c> and <c>Platform</c>. Numbers the entries
/// in the order in which they are read.
/// </summary>
/// <param name="noteFile">Called with the file of each line that comes from one.</param>
/// <param name="readFile">Reads a list file; <see langword="null"/> takes files for any other objects.</param>
internal sealed class EntryReader(
    Action<string>? noteFile = null, Func<string, IEnumerable<ImageListEntry>>? readFile = null)
{
    private const string DeserializedImage = "Deserialized.MirrorValidate.ImageLists.MirrorImage";

    private int _entries;
    private int _lines;

    /// <summary>The entries in an object; none for a blank line or a comment.</summary>
    internal IEnumerable<ImageListEntry> Read(PSObject? input) => input?.BaseObject switch
    {
        null => [],
        string text => ReadText(text, LinePlace.Of(input)),
        MirrorImage image => [ReadImage(image)],
        MirrorImageResult { Source.Length: 0 } unreadable =>
            ReadLine(new ImageListLine(unreadable.Line, unreadable.LineNumber, NullIfEmpty(unreadable.Path))),
        FileInfo file when readFile is not null => readFile(file.FullName).Select(Number),
        IDictionary dictionary => ReadParts(input, name => dictionary[name]),
        IEnumerable items => ReadItems(items, LinePlace.Of(input)),
        _ when input.TypeNames.Contains(DeserializedImage) =>
            [ReadDeserializedImage(name => input.Properties[name]?.Value)],
        _ => ReadParts(input, name => input.Properties[name]?.Value),
    };

    /// <summary>The entry with its number.</summary>
    internal ImageListEntry Number(ImageListEntry entry) => entry with { Id = ++_entries };

    /// <summary>The entry of an image that is given by its parts.</summary>
    internal ImageListEntry Read(string source, string? destination, string? tag, string? platform = null)
    {
        string?[] parts = [string.IsNullOrEmpty(platform) ? null : $"--platform={platform}", source, destination, tag];
        string line = string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
        var origin = new ImageListLine(OneLine(line), ++_lines, Path: null);
        return ImageListEntry.Read(
            ++_entries, origin, () => MirrorImage.Create(origin, source, destination, tag, platform));
    }

    private IEnumerable<ImageListEntry> ReadLine(ImageListLine line) => ImageListEntry.ReadAll(1, line).Select(Number);

    private ImageListEntry ReadImage(MirrorImage image)
    {
        if (image.Path is { } file) noteFile?.Invoke(file);
        return ImageListEntry.Of(++_entries, image);
    }

    // An entry that was sent to a job or another machine still stands for the line that it was read from.
    private ImageListEntry ReadDeserializedImage(Func<string, object?> part)
    {
        _ = LanguagePrimitives.TryConvertTo(part(nameof(MirrorImage.LineNumber)), out int number);
        var origin = new ImageListLine(
            OneLine(Text(part(nameof(MirrorImage.Line))) ?? ""), number, Text(part(nameof(MirrorImage.Path))));
        if (origin.Path is { } file) noteFile?.Invoke(file);
        return ImageListEntry.Read(++_entries, origin, () => MirrorImage.Create(
            origin,
            Text(part(nameof(MirrorImage.Source))) ?? "",
            Text(part(nameof(MirrorImage.Destination))),
            Text(part(nameof(MirrorImage.Tag))),
            Text(part(nameof(MirrorImage.Platform)))));
    }

    // Text with several lines, as from Get-Content -Raw, is a list.
    private IEnumerable<ImageListEntry> ReadText(string text, LinePlace? place)
    {
        if (place is not null) noteFile?.Invoke(place.Path);
        int first = place?.Number ?? _lines + 1;
        _lines += CountLines(text);
        using var reader = new StringReader(text);
        foreach (ImageListLine line in ImageListReader.Read(reader, place?.Path, first))
        {
            foreach (ImageListEntry entry in ReadLine(line)) yield return entry;
        }
    }

    // Get-Content -ReadCount writes arrays of lines, each array with its file and the number of its last line.
    private IEnumerable<ImageListEntry> ReadItems(IEnumerable items, LinePlace? place)
    {
        List<object?>? lines = place is null ? null : [.. items.Cast<object?>()];
        int first = lines is null ? 0 : place!.Number - lines.Count + 1;
        int index = 0;
        foreach (object? item in lines ?? items)
        {
            int number = first + index++;
            IEnumerable<ImageListEntry> entries = lines is not null && item is string text
                ? ReadText(text, place! with { Number = number })
                : Read(item is null ? null : PSObject.AsPSObject(item));
            foreach (ImageListEntry entry in entries) yield return entry;
        }
    }

    private IEnumerable<ImageListEntry> ReadParts(PSObject input, Func<string, object?> part)
    {
        if (Text(part("Source")) is { Length: > 0 } source)
            return [Read(source, Text(part("Destination")), Text(part("Tag")), Text(part("Platform")))];
        // A deserialized result of a line that could not be read has only the line.
        if (Text(part("Line")) is { Length: > 0 } line)
            return ReadLine(new ImageListLine(OneLine(line), ++_lines, Path: null));
        var origin = new ImageListLine(OneLine(input.ToString() ?? ""), ++_lines, Path: null);
        return [ImageListEntry.Read(++_entries, origin, () => throw new ImageListException(
            origin, PowerShell.Text.Format(SR.NoEntry, input.BaseObject.GetType().Name)))];
    }

    private static int CountLines(string text)
    {
        int lines = text.AsSpan().Count('\n');
        return text.EndsWith('\n') ? lines : lines + 1;
    }

    private static string? Text(object? value) =>
        value is null ? null : LanguagePrimitives.ConvertTo<string>(value).Trim();

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

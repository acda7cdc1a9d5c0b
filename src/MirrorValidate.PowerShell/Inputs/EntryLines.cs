using System.Collections;
using System.Management.Automation;
using MirrorValidate.ImageLists;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>
/// Converts objects to list lines: entries and results to <c>SOURCE DESTINATION TAG</c>; lines stay as they are.
/// </summary>
internal sealed class EntryLines
{
    private readonly EntryReader _reader = new();

    /// <summary>The lines of an object. One that cannot be read comes with the error.</summary>
    internal IEnumerable<(string Line, ImageListException? Error)> Of(PSObject? input) => input?.BaseObject switch
    {
        null => [],
        string text => Lines(text).Select(line => (line, (ImageListException?)null)),
        IDictionary dictionary => Of(input, dictionary["Source"], dictionary["Line"]),
        IEnumerable items => items.Cast<object?>()
            .SelectMany(item => Of(item is null ? null : PSObject.AsPSObject(item))),
        _ => Of(input, input.Properties["Source"]?.Value, input.Properties["Line"]?.Value),
    };

    // The result of a line that could not be read has only the line.
    private IEnumerable<(string Line, ImageListException? Error)> Of(PSObject input, object? source, object? line) =>
        source is null or "" && line is string { Length: > 0 } unread
            ? [(unread, null)]
            : _reader.Read(input).Select(entry => (entry.Image?.ToListLine() ?? entry.Origin.Text, entry.Error));

    private static string[] Lines(string text)
    {
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++) lines[index] = lines[index].TrimEnd('\r');
        return lines.Length > 1 && lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}

using System.Collections;
using System.Management.Automation;
using MirrorValidate.ImageLists;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>The list lines of what is piped to a cmdlet: entries and results in three columns, lines as they are.</summary>
internal static class EntryLines
{
    internal static IEnumerable<string> Of(PSObject? input) => input?.BaseObject switch
    {
        null => [],
        string text => text.ReplaceLineEndings("\n").Split('\n'),
        MirrorImage image => [image.ToListLine()],
        IDictionary dictionary => [Line(name => dictionary[name])],
        IEnumerable items => items.Cast<object?>().SelectMany(item => Of(item is null ? null : PSObject.AsPSObject(item))),
        _ => [Line(name => input.Properties[name]?.Value)],
    };

    // What could not be read when it was tested has no parts, only its line.
    private static string Line(Func<string, object?> part)
    {
        string source = Text(part("Source"));
        return source.Length == 0
            ? Text(part("Line"))
            : string.Join(' ', new List<string> { source, Text(part("Destination")), Text(part("Tag")) }.Where(text => text.Length > 0));
    }

    private static string Text(object? value) => value is null ? "" : LanguagePrimitives.ConvertTo<string>(value).Trim().ReplaceLineEndings(" ");
}

using System.Collections;
using System.Management.Automation;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>A spec or an entry of a list, as views show it.</summary>
/// <param name="Platform">The platform as <c>os/arch[/variant][:os.version]</c>; empty where none is stated.</param>
/// <param name="Digest">The digest, whole.</param>
internal sealed record SpecCell(string Platform, string Digest)
{
    /// <summary>The specs in a property of an object, which may have come back from a file or another session.</summary>
    internal static IReadOnlyList<SpecCell> ReadAll(PSObject item, string property) =>
        LanguagePrimitives.GetEnumerable(item.Properties[property]?.Value) is { } specs ? [.. Read(specs)] : [];

    private static IEnumerable<SpecCell> Read(IEnumerable specs) =>
        from object? spec in specs
        where spec is not null
        let properties = PSObject.AsPSObject(spec).Properties
        select new SpecCell(ViewText.Clean(properties["Platform"]?.Value), ViewText.Clean(properties["Digest"]?.Value));
}

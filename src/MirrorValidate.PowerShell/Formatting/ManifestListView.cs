using System.Globalization;
using System.Management.Automation;
using MirrorValidate.PowerShell.ManifestLists;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>
/// What the views show of a <see cref="ManifestListInfo"/>: its platforms as a table under what names the whole.
/// </summary>
public static class ManifestListView
{
    private const int Width = 110;

    /// <summary>The reference, the media type, the digest, and a table of the platforms.</summary>
    public static string Text(PSObject info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return string.Join(
            '\n',
            $"Image:     {ViewText.Shorten(Value(info, nameof(ManifestListInfo.Image)), Width)}",
            $"MediaType: {ViewText.Shorten(Value(info, nameof(ManifestListInfo.MediaType)), Width)}",
            $"Digest:    {ViewText.ShortenDigests(Value(info, nameof(ManifestListInfo.Digest)))}",
            "",
            Table(info));
    }

    /// <summary>The platforms as a table.</summary>
    public static string Table(PSObject info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var table = new TextTable("Platform", "Digest", "Size", "MediaType");
        foreach (PSObject item in Manifests(info))
        {
            table.Add(
                new TextTable.Cell(PlatformOf(item)),
                new TextTable.Cell(ViewText.HexOf(Value(item, nameof(ManifestEntry.Digest)))),
                new TextTable.Cell(Size(item), IsNumber: true),
                new TextTable.Cell(ViewText.Shorten(Value(item, nameof(ManifestEntry.MediaType)), 60)));
        }

        return table.ToString();
    }

    /// <summary>The platforms in one line.</summary>
    /// <param name="info">The list.</param>
    /// <param name="width">The width in characters.</param>
    public static string Platforms(PSObject info, int width)
    {
        ArgumentNullException.ThrowIfNull(info);
        return ViewText.Shorten(string.Join(", ", Manifests(info).Select(PlatformOf)), width);
    }

    private static IEnumerable<PSObject> Manifests(PSObject info) =>
        LanguagePrimitives.GetEnumerable(Value(info, nameof(ManifestListInfo.Manifests))) is { } entries
            ? entries.OfType<object>().Select(PSObject.AsPSObject)
            : [];

    private static string PlatformOf(PSObject entry) =>
        ResultView.PlatformOf(Value(entry, nameof(ManifestEntry.Platform)));

    private static string Size(PSObject entry) =>
        LanguagePrimitives.TryConvertTo(entry.Properties[nameof(ManifestEntry.Size)]?.Value, out long size) && size >= 0
            ? size.ToString(CultureInfo.InvariantCulture)
            : "";

    private static object? Value(PSObject item, string property) => item.Properties[property]?.Value;
}

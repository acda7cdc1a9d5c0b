using System.Management.Automation;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>
/// What the views show of a <see cref="MirrorImageResult"/>, also of one that came back from a file or another session:
/// properties are therefore read by name.
/// </summary>
public static class ResultView
{
    private const int PlatformWidth = 36;

    /// <summary>The status, coloured.</summary>
    public static string Status(PSObject result)
    {
        string status = Text(result, nameof(MirrorImageResult.Status));
        return Paint(status, status);
    }

    /// <summary>The reason, coloured as the status is; nothing where the image passed.</summary>
    public static string Reason(PSObject result)
    {
        string reason = Text(result, nameof(MirrorImageResult.Reason));
        if (reason == nameof(ValidationReason.None)) return "";
        return Paint(Text(result, nameof(MirrorImageResult.Status)), reason);
    }

    /// <summary>The source's repository, without its registry; the line if that could not be read.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The width in characters.</param>
    public static string Image(PSObject result, int width)
    {
        string source = Text(result, nameof(MirrorImageResult.Source));
        string repository = source[(source.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return ViewText.Shorten(source.Length > 0 ? repository : Text(result, nameof(MirrorImageResult.Line)), width);
    }

    /// <summary>The destination and where it was mirrored from, in full; empty if the line could not be read.</summary>
    public static string Destination(PSObject result)
    {
        string destination = Text(result, nameof(MirrorImageResult.Destination));
        return destination.Length == 0 ? "" : $"{destination} from {Text(result, nameof(MirrorImageResult.Source))}";
    }

    /// <summary>Both sides, platform by platform; what differs is marked and coloured.</summary>
    public static string Platforms(PSObject result)
    {
        IReadOnlyList<PlatformCell> cells = PlatformCell.ReadAll(result);
        if (cells.Count == 0) return "";
        var notes = new PlatformNotes(result);
        var table = new TextTable("Platform", "Source", "", "Destination", "");
        foreach (PlatformCell cell in cells)
        {
            (string note, bool digestDiffers, bool platformDiffers) = notes.On(cell);
            Func<string, string>? digestColor = digestDiffers ? ViewColor.Red : null;
            table.Add(
                new TextTable.Cell(PlatformOf(cell.Platform), platformDiffers ? ViewColor.Red : null),
                new TextTable.Cell(DigestOf(cell.Source), digestColor),
                new TextTable.Cell(cell.Source == cell.Destination ? "=" : digestDiffers ? "!=" : "", digestColor),
                new TextTable.Cell(DigestOf(cell.Destination), digestColor),
                new TextTable.Cell(note, digestDiffers || platformDiffers ? ViewColor.Red : null));
        }

        return table.ToString();
    }

    internal static string PlatformOf(object? platform) =>
        ViewText.Shorten(platform, PlatformWidth) is { Length: > 0 } text ? text : "(none stated)";

    private static string DigestOf(string digest) => digest.Length == 0 ? "-" : ViewText.HexOf(digest);

    private static string Paint(string status, string text) => status switch
    {
        nameof(ValidationStatus.Passed) => ViewColor.Green(text),
        nameof(ValidationStatus.Failed) => ViewColor.Red(text),
        nameof(ValidationStatus.Error) => ViewColor.Yellow(text),
        _ => text,
    };

    internal static string Text(PSObject item, string property) => ViewText.Clean(item.Properties[property]?.Value);
}

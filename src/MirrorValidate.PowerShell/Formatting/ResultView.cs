using System.Management.Automation;
using MirrorValidate.PowerShell.Reports;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>
/// What the views show of a <see cref="MirrorImageResult"/>, also of one that came back from a file or another session:
/// properties are therefore read by name.
/// </summary>
public static class ResultView
{
    private const int PlatformWidth = 36;
    private const int NoteWidth = 120;

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

    /// <summary>The reason or that it passed, coloured; a hyphen where there is no result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The width in characters.</param>
    public static string Outcome(PSObject? result, int width)
    {
        if (result is null) return "-";
        string status = Text(result, nameof(MirrorImageResult.Status));
        bool hasPassed = status == nameof(ValidationStatus.Passed);
        string text = hasPassed ? status : Text(result, nameof(MirrorImageResult.Reason));
        return Paint(status, ViewText.Shorten(text, width));
    }

    /// <summary>The source's repository, without its registry; the line if that could not be read.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The width in characters.</param>
    public static string Image(PSObject result, int width)
    {
        string source = Text(result, nameof(MirrorImageResult.Source));
        string image = source.Length > 0 ? Split(source).Repository : Text(result, nameof(MirrorImageResult.Line));
        return ViewText.Shorten(image, width);
    }

    /// <summary>
    /// Where the image was mirrored to and from, and what the columns before had to cut. A repository that is shown
    /// already, there or here, is not repeated. Empty if the line could not be read.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="imageWidth">The width of the column Image in characters.</param>
    /// <param name="tagWidth">The width of the column Tag in characters.</param>
    public static string Destination(PSObject result, int imageWidth, int tagWidth)
    {
        string destination = Text(result, nameof(MirrorImageResult.Destination));
        if (destination.Length == 0) return "";
        string source = Text(result, nameof(MirrorImageResult.Source));
        (string registry, string repository) = Split(source);
        (string mirror, string copy) = Split(destination);
        bool isShown = repository.Length <= imageWidth;
        string to = isShown && copy == repository ? mirror : destination;
        string from = isShown || copy == repository ? registry : source;
        string tag = ViewText.ShortenDigests(Text(result, nameof(MirrorImageResult.Tag)));
        return $"{to} from {from}" + (tag.Length > tagWidth ? $", tag {tag}" : "");
    }

    /// <summary>Both sides, platform by platform; what differs is marked and coloured.</summary>
    public static string Platforms(PSObject result)
    {
        ArgumentNullException.ThrowIfNull(result);
        MirrorImageResult read = Read(result);
        if (read.Platforms.Count == 0) return "";
        var notes = new PlatformNotes(read);
        var table = new TextTable("Platform", "Source", "", "Destination", "");
        foreach (MirrorPlatform one in read.Platforms)
        {
            (string note, bool digestDiffers, bool platformDiffers) = notes.On(one);
            string platform = one.SourceDigest.Length > 0 ? one.SourcePlatform : one.DestinationPlatform;
            string sign = one.SourceDigest == one.DestinationDigest ? "=" : digestDiffers ? "!=" : "";
            Func<string, string>? digestColor = digestDiffers ? ViewColor.Red : null;
            table.Add(
                new TextTable.Cell(PlatformOf(platform), platformDiffers ? ViewColor.Red : null),
                new TextTable.Cell(DigestOf(one.SourceDigest), digestColor),
                new TextTable.Cell(sign, digestColor),
                new TextTable.Cell(DigestOf(one.DestinationDigest), digestColor),
                new TextTable.Cell(
                    ViewText.Shorten(note, NoteWidth), digestDiffers || platformDiffers ? ViewColor.Red : null));
        }

        return table.ToString();
    }

    /// <summary>A result, whatever file or session it came back from.</summary>
    internal static MirrorImageResult Read(PSObject result) =>
        result.BaseObject as MirrorImageResult ?? ResultReader.Read(new PSObjectValue(result));

    internal static string PlatformOf(object? platform) =>
        ViewText.Shorten(platform, PlatformWidth) is { Length: > 0 } text ? text : "(none stated)";

    private static (string Registry, string Repository) Split(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? ("", name) : (name[..slash], name[(slash + 1)..]);
    }

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

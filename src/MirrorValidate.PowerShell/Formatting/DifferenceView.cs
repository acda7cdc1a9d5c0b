using System.Management.Automation;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>
/// What the list view shows of the differences of a <see cref="MirrorImageResult"/>: what, where, why, and what to do.
/// </summary>
public static class DifferenceView
{
    // What 120 columns leave beside the names of the properties.
    private const int HeadingWidth = 95;

    // Sentences are wrapped for the 80 columns of redirected output, where PowerShell would break them within words.
    private const int SentenceWidth = 56;
    private const int MaximumShown = 20;
    private const string Indent = "    ";

    /// <summary>The differences, those of one cause under each other.</summary>
    public static string Text(PSObject result)
    {
        ArgumentNullException.ThrowIfNull(result);
        MirrorImageResult read = ResultView.Read(result);
        MirrorDifferenceCollection all = read.Differences;
        bool hasPassed = read.Status == nameof(ValidationStatus.Passed);
        List<string> lines = [.. all.Take(MaximumShown)
            .GroupBy(one => (one.Kind, one.Explanation, one.Remedy))
            .SelectMany(group => group
                .Select(one => Heading(one, hasPassed))
                .Concat(Sentences(group.Key.Explanation, group.Key.Remedy)))];
        int more = all.Count - MaximumShown;
        if (more > 0) lines.Add(ShortList.Rest(more));
        return string.Join('\n', lines);
    }

    private static string Heading(MirrorDifference one, bool hasPassed)
    {
        string kind = ViewText.Clean(one.Kind);
        string what = one.Platform.Length == 0 ? kind : $"{kind} {ViewText.Shorten(one.Platform, 36)}";
        int width = (HeadingWidth - what.Length - 8) / 2;
        string heading = $"{what}: {Side(one.Source, width)} -> {Side(one.Destination, width)}";
        return hasPassed || DifferenceTable.Find(one.Kind) is { IsToldOnly: true } ? heading : ViewColor.Red(heading);
    }

    private static string Side(string value, int width) =>
        value.Length == 0 ? "-" : ViewText.Shorten(value, Math.Max(width, 19));

    private static IEnumerable<string> Sentences(string explanation, string remedy) =>
        Wrap(ViewText.ShortenDigests(explanation)).Concat(Wrap(ViewText.ShortenDigests(remedy)));

    private static IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Indent.Length + line.Length + 1 + word.Length > SentenceWidth)
            {
                yield return Indent + line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return Indent + line;
    }
}

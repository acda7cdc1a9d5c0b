using System.Text.RegularExpressions;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Reports.Results;

/// <summary>
/// Reads the differences of a result: objects, or the line that CSV files have of them, which leaves out cause and
/// remedy. They are then those of the kind.
/// </summary>
internal static partial class DifferenceReader
{
    internal static MirrorDifferenceCollection Read(IResultValue? differences)
    {
        MirrorDifference[] all = differences is null ? [] : [.. differences.Items.SelectMany(ReadOne)];
        return all.Length == 0 ? MirrorDifferenceCollection.Empty : new MirrorDifferenceCollection(all);
    }

    private static IEnumerable<MirrorDifference> ReadOne(IResultValue difference) =>
        difference.Member(nameof(MirrorDifference.Kind)) is not { } kind
            ? Separator().Split(difference.Text).Select(ReadText).OfType<MirrorDifference>()
            : [new MirrorDifference(
                kind.Text,
                ResultReader.TextOf(difference, nameof(MirrorDifference.Platform)),
                ResultReader.TextOf(difference, nameof(MirrorDifference.Source)),
                ResultReader.TextOf(difference, nameof(MirrorDifference.Destination)),
                ResultReader.TextOf(difference, nameof(MirrorDifference.Explanation)),
                ResultReader.TextOf(difference, nameof(MirrorDifference.Remedy)))];

    private static MirrorDifference? ReadText(string text)
    {
        Match match = Line().Match(text);
        if (!match.Success || DifferenceTable.Find(match.Groups["kind"].Value) is not { } info) return null;
        return new MirrorDifference(
            match.Groups["kind"].Value,
            match.Groups["platform"].Value,
            Side(match.Groups["source"].Value),
            Side(match.Groups["destination"].Value),
            info.Cause,
            info.Remedy);
    }

    private static string Side(string text) => text == "-" ? "" : text;

    // A semicolon also stands in what a side has; only before a kind does it separate.
    [GeneratedRegex("; (?=[A-Z][A-Za-z0-9]+(?: [^ ]+)?: )", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"\A(?<kind>[A-Za-z0-9]+)(?: (?<platform>[^ ]+))?: (?<source>.*?) -> (?<destination>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Line();
}

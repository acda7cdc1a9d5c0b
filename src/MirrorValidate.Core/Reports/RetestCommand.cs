using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>The command that tests the entry of a result again, to be copied into PowerShell.</summary>
internal static class RetestCommand
{
    // PowerShell takes each of these for a single quote (about_Quoting_Rules); doubled, it stands for itself.
    private static readonly char[] _quotes = ['\'', '\u2018', '\u2019', '\u201A', '\u201B'];

    /// <summary>The command; empty for a line that could not be read.</summary>
    internal static string Of(MirrorImageResult result)
    {
        if (result.Source.Length == 0) return "";
        ValidationSettings settings = result.Settings;
        List<string> parts =
        [
            "Test-MirrorImage",
            $"-Source {Quote(result.Source)}",
            $"-Destination {Quote(result.Destination)}",
        ];
        if (result.Tag.Length > 0) parts.Add($"-Tag {Quote(result.Tag)}");
        if (!HasProject(result.Destination)) parts.Add("-DefaultProject ''");
        parts.AddRange(Platforms(result.Platform.Length > 0 ? result.Platform : settings.Platform));
        if (settings.Comparison is { Length: > 0 } comparison) parts.Add($"-Comparison {Quote(comparison)}");
        if (settings.Depth is { Length: > 0 } depth) parts.Add($"-Depth {Quote(depth)}");
        if (settings.SourceStore is { Length: > 0 } source) parts.Add($"-SourceStore {QuoteAll(source)}");
        if (settings.DestinationStore is { Length: > 0 } destination)
            parts.Add($"-DestinationStore {QuoteAll(destination)}");
        if (settings.IncludeAttestation) parts.Add("-IncludeAttestation");
        if (settings.IncludeReferrer) parts.Add("-IncludeReferrer");
        if (result.Status == nameof(ValidationStatus.Failed)) parts.Add("-Explain");
        parts.Add("| Format-List");
        return string.Join(' ', parts);
    }

    // registry/project/name: with fewer parts, -DefaultProject would put a project before the name.
    private static bool HasProject(string destination) => destination.AsSpan().Count('/') > 1;

    private static IEnumerable<string> Platforms(string selection)
    {
        if (selection.Length == 0) return [];
        string names = QuoteAll(selection);
        return [selection.Contains('/', StringComparison.Ordinal) ? $"-Platform {names}" : $"-Architecture {names}"];
    }

    private static string QuoteAll(string values) => string.Join(',', values.Split(',').Select(Quote));

    // Words of letters need no quotes; everything else is taken literally within single ones.
    private static string Quote(string value)
    {
        string text = ReportText.Clean(value);
        bool isWord = text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(IsOfWord);
        return isWord ? text : $"'{string.Concat(text.Select(Double))}'";
    }

    private static bool IsOfWord(char letter) => char.IsAsciiLetterOrDigit(letter) || "./:-_".Contains(letter);

    private static string Double(char letter) => new(letter, _quotes.Contains(letter) ? 2 : 1);
}

namespace MirrorValidate.Reports.Formats;

/// <summary>Texts of registries and lists in Markdown, as they are and never as markup.</summary>
internal static class MarkdownText
{
    private const string Harmless = " ,.;:'()/-\"";

    /// <summary>
    /// A code span (CommonMark 6.1), in which nothing is markup, nobody is mentioned and nothing is linked.
    /// </summary>
    internal static string Code(string text, int maximum = 500)
    {
        string clean = ReportText.Clean(text, maximum).Trim();
        if (clean.Length == 0) return "";
        // The fence is longer than any run of backticks inside.
        string fence = new('`', LongestRun(clean) + 1);
        string padding = clean.StartsWith('`') || clean.EndsWith('`') ? " " : "";
        return $"{fence}{padding}{clean}{padding}{fence}";
    }

    /// <summary>
    /// A title or a sentence: as it is where it has only letters, digits and punctuation that is never markup, else a
    /// code span.
    /// </summary>
    internal static string Sentence(string text)
    {
        bool isPlain = text.All(letter => char.IsLetterOrDigit(letter) || Harmless.Contains(letter))
            && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("://", StringComparison.Ordinal);
        return isPlain ? ReportText.Clean(text) : Code(text, int.MaxValue);
    }

    private static int LongestRun(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

using System.Globalization;
using System.Text;

namespace MirrorValidate.References;

/// <summary>
/// Makes text from a list or a registry fit for messages and log lines: without characters that steer a terminal or forge a
/// line, and not longer than a reader can take.
/// </summary>
internal static class Printable
{
    private const int MaximumLength = 200;

    internal static string Of(string text)
    {
        var printable = new StringBuilder(Math.Min(text.Length, MaximumLength));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (printable.Length >= MaximumLength) return printable.Append('…').ToString();
            printable.Append(IsSteering(rune) ? " " : rune.ToString());
        }

        return printable.ToString();
    }

    /// <summary>Whether a character steers a terminal, forges a line or turns text round, instead of being seen.</summary>
    internal static bool IsSteering(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

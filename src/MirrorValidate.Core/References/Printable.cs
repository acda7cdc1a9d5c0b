using System.Globalization;
using System.Text;

namespace MirrorValidate.References;

/// <summary>
/// Makes text from a list or a registry safe for messages and log lines: removes control characters, which could steer
/// a terminal or fake a log line, and limits the length.
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

    /// <summary>
    /// Whether a character is a control, format or separator character, which could steer a terminal, fake a line or
    /// reverse text.
    /// </summary>
    internal static bool IsSteering(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

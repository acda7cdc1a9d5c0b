using System.Text;
using System.Xml;
using MirrorValidate.References;

namespace MirrorValidate.Reports;

/// <summary>Makes text of registries and lists fit for a report that people read.</summary>
internal static class ReportText
{
    private const int MaximumLength = 4000;

    /// <summary>
    /// A text on one line, in which what would steer a reader's eye or a terminal, or that XML cannot have, is visible
    /// as U+FFFD. What is too long is cut.
    /// </summary>
    internal static string Clean(string text, int maximum = MaximumLength)
    {
        if (text.Length <= maximum && text.All(letter => letter is >= ' ' and <= '~')) return text;
        var clean = new StringBuilder(Math.Min(text.Length, maximum));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length >= maximum) return clean.Append('…').ToString();
            clean.Append(rune.Value is '\n' or '\r' or '\t' ? " " : IsShown(rune) ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }

    private static bool IsShown(Rune rune) =>
        !Printable.IsSteering(rune) && (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value));
}

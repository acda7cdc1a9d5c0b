using System.Text;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>Values as cells of a view show them. The module's views call it; objects keep their values whole.</summary>
public static class ViewText
{
    private const string Ellipsis = "…";
    private const int ShownHexDigits = 12;
    private static readonly char[] _hexDigits = [.. "0123456789abcdef"];

    /// <summary>
    /// A text that fits a width: what is too long is cut in the middle, since names differ at their ends.
    /// </summary>
    /// <param name="value">The text. Digests in it are shortened first.</param>
    /// <param name="width">The width in characters, at least 8.</param>
    public static string Shorten(object? value, int width)
    {
        string text = ShortenDigests(Clean(value));
        if (text.Length <= width) return text;
        int tail = (width - Ellipsis.Length + 1) / 2;
        int head = width - Ellipsis.Length - tail;
        return string.Concat(text.AsSpan(0, head), Ellipsis, text.AsSpan(text.Length - tail));
    }

    /// <summary>A digest as <c>algorithm:</c> and 12 hex digits.</summary>
    public static string ShortenDigests(object? value)
    {
        string text = Clean(value);
        var shortened = new StringBuilder(text.Length);
        int shown = 0;
        for (int colon = text.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            int digits = HexDigitsAfter(text, colon + 1);
            // The registered algorithms have 64 and 128; nothing shorter is a digest.
            if (digits < 64) continue;
            shortened.Append(text, shown, colon + 1 + ShownHexDigits - shown);
            shown = colon + 1 + digits;
        }

        return shortened.Append(text, shown, text.Length - shown).ToString();
    }

    /// <summary>The 12 hex digits that a digest begins with, without its algorithm.</summary>
    public static string HexOf(object? digest)
    {
        string text = ShortenDigests(digest);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>
    /// A text without control characters: what a registry or a file says must not steer the terminal.
    /// </summary>
    public static string Clean(object? value)
    {
        string text = value?.ToString() ?? "";
        return text.Any(char.IsControl) ? string.Concat(text.Select(one => char.IsControl(one) ? ' ' : one)) : text;
    }

    private static int HexDigitsAfter(string text, int start)
    {
        int others = text.AsSpan(start).IndexOfAnyExcept(_hexDigits);
        return others < 0 ? text.Length - start : others;
    }
}

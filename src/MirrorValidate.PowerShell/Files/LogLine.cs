using System.Globalization;
using System.Text;
using MirrorValidate.Logging;

namespace MirrorValidate.PowerShell.Files;

/// <summary>Formats a log event as one line of a file: <c>yyyy-MM-dd HH:mm:ss [LEVEL] [M_ID:n] text</c>.</summary>
internal static class LogLine
{
    internal static string Format(LogEvent logEvent)
    {
        var line = new StringBuilder(logEvent.Time.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture));
        bool isFirst = true;
        foreach (string part in logEvent.ToString().Split('\n'))
        {
            string text = part.Trim();
            // Lines of text are joined with a space, lines of JSON without.
            if (!isFirst && text.Length > 0 && !"{}[]\"".Contains(text[0], StringComparison.Ordinal)) line.Append(' ');
            foreach (char letter in text) line.Append(char.IsControl(letter) ? ' ' : letter);
            isFirst = false;
        }

        return line.ToString();
    }
}

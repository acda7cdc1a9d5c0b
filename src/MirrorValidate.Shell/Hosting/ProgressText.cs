using System.Globalization;
using System.Management.Automation;

namespace MirrorValidate.Shell.Hosting;

/// <summary>Renders a progress record as one line: activity, bar, percentage, status, time left.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    public static string Render(ProgressRecord record, int width)
    {
        List<string> parts = [record.Activity];
        if (record.PercentComplete >= 0)
        {
            int percent = Math.Min(record.PercentComplete, 100);
            int filled = percent * BarWidth / 100;
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {percent}%"));
        }

        parts.Add(record.StatusDescription);
        if (!string.IsNullOrEmpty(record.CurrentOperation))
            parts.Add(record.CurrentOperation);
        if (record.SecondsRemaining >= 0)
            parts.Add(TimeSpan.FromSeconds(record.SecondsRemaining).ToString("c", CultureInfo.InvariantCulture));

        // A line that wraps could not be erased, and the last column makes some terminals wrap.
        string line = string.Join("  ", parts).ReplaceLineEndings(" ");
        return line.Length < width ? line : line[..(width - 1)];
    }
}

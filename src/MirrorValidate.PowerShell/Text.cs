using System.Globalization;

namespace MirrorValidate.PowerShell;

/// <summary>Formats the messages of SR.resx.</summary>
internal static class Text
{
    internal static string Format(string format, params object?[] values) =>
        string.Format(CultureInfo.InvariantCulture, format, values);
}

using System.Management.Automation;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>The place of a line in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">The number of the line, counted from 1.</param>
internal sealed record LinePlace(string Path, int Number)
{
    /// <summary>
    /// The place that Get-Content notes in the properties PSPath and ReadCount of a line; <see langword="null"/> for
    /// lines from elsewhere.
    /// </summary>
    internal static LinePlace? Of(PSObject line)
    {
        if (line.Properties["PSPath"]?.Value is not string path
            || !LanguagePrimitives.TryConvertTo(line.Properties["ReadCount"]?.Value, out int number)
            || number < 1)
        {
            return null;
        }

        int qualifier = path.IndexOf("::", StringComparison.Ordinal);
        return new LinePlace(qualifier < 0 ? path : path[(qualifier + 2)..], number);
    }
}

using System.Management.Automation;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>Where a line stands.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">The number of the line, counted from 1.</param>
internal sealed record LinePlace(string Path, int Number)
{
    /// <summary>
    /// What Get-Content tells of a line in the properties PSPath and ReadCount that it adds; <see langword="null"/> for what comes from
    /// elsewhere.
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

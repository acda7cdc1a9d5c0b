using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>
/// Reads an age as people write it: a number is hours (.NET: ticks), and <c>36:00</c> is 36 hours (.NET: 36 days).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class AgeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan age = value is TimeSpan time ? time : Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        return age >= TimeSpan.Zero ? age : throw new ArgumentTransformationMetadataException(SR.NegativeAge);
    }

    private static TimeSpan Parse(string text)
    {
        try
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double hours))
                return TimeSpan.FromHours(hours);
            if (HoursAndMinutes().Match(text) is { Success: true } match)
            {
                return TimeSpan.FromHours(Number(match, "hours"))
                    + TimeSpan.FromMinutes(Number(match, "minutes"))
                    + TimeSpan.FromSeconds(Number(match, "seconds"));
            }

            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time)) return time;
        }
        catch (Exception e) when (e is OverflowException or ArgumentException)
        {
            // Longer than a time can be, or no number.
        }

        throw new ArgumentTransformationMetadataException(Text.Format(SR.InvalidAge, text));
    }

    private static double Number(Match match, string group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<hours>[0-9]{1,6}):(?<minutes>[0-5][0-9])(:(?<seconds>[0-5][0-9]))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HoursAndMinutes();
}

using System.Globalization;

namespace MirrorValidate.Registries.Transport;

/// <summary>Times in messages: seconds with one decimal, rounded up.</summary>
internal static class Seconds
{
    internal static string Of(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds * 10) / 10} s");
}

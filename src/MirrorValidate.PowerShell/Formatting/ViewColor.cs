namespace MirrorValidate.PowerShell.Formatting;

/// <summary>
/// Colours of the views, as terminal sequences. PowerShell takes them out again where <c>$PSStyle.OutputRendering</c>
/// or the host want plain text, as it does with its own table headers; <c>NO_COLOR</c> is honoured here.
/// </summary>
internal static class ViewColor
{
    private const string Reset = "\u001b[0m";

    internal static string Green(string text) => Paint("\u001b[32m", text);

    internal static string Yellow(string text) => Paint("\u001b[33m", text);

    internal static string Red(string text) => Paint("\u001b[91m", text);

    /// <summary>As PowerShell shows table headers.</summary>
    internal static string Header(string text) => Paint("\u001b[32;1m", text);

    // https://no-color.org: set and not empty means no colour, whatever the value is.
    private static bool IsWanted => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static string Paint(string sequence, string text) =>
        text.Length > 0 && IsWanted ? sequence + text + Reset : text;
}

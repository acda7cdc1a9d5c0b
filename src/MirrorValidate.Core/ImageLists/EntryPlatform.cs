using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>
/// The platform that an entry of a list is limited to, as text: <c>os/arch[/variant][:os.version]</c>.
/// </summary>
internal static partial class EntryPlatform
{
    /// <summary>Checks what a list says; nothing written is no limit.</summary>
    /// <returns>The text, or <see langword="null"/> where none is written.</returns>
    /// <exception cref="FormatException">The text is no platform.</exception>
    internal static string? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return Grammar().IsMatch(text)
            ? text
            : throw new FormatException(
                $"\"{Printable.Of(text)}\" is not a platform (os/arch[/variant][:os.version], as in linux/arm64/v8)");
    }

    [GeneratedRegex(
        @"\A[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9._]+)?(?::[A-Za-z0-9_][A-Za-z0-9._-]*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();
}

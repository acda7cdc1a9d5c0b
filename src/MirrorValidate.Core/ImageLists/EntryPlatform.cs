using MirrorValidate.Platforms;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>
/// The platform that an entry of a list is limited to, as text: <c>os/arch[/variant][:os.version]</c>.
/// </summary>
internal static class EntryPlatform
{
    /// <summary>Checks what a list says; nothing written is no limit.</summary>
    /// <returns>The text, or <see langword="null"/> where none is written.</returns>
    /// <exception cref="FormatException">The text is no platform.</exception>
    internal static string? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return PlatformPattern.Parse(text).HasWildcard
            ? throw new FormatException($"\"{Printable.Of(text)}\" is not a platform: an entry of a list names one")
            : text;
    }
}

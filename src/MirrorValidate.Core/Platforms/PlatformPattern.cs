using System.IO.Enumeration;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Platforms;

/// <summary>
/// A pattern for platforms, <c>os/arch[/variant][:os.version]</c>. A part may contain <c>*</c> for any characters; a
/// part that is left out matches anything. Case is ignored.
/// </summary>
internal sealed record PlatformPattern
{
    private const string Any = "*";
    private const string Grammar = "os/arch[/variant][:os.version]";

    // What an entry that states no variant means (containerd's platforms package, database.go, "normalizeArch").
    private static readonly Dictionary<string, string> _defaultVariants = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amd64"] = "v1",
        ["arm64"] = "v8",
        ["arm"] = "v7",
    };

    private PlatformPattern(string os, string architecture, string variant, string osVersion)
    {
        OS = os;
        Architecture = architecture;
        Variant = variant;
        OSVersion = osVersion;
    }

    /// <summary>The pattern for the operating system.</summary>
    internal string OS { get; }

    /// <summary>The pattern for the architecture.</summary>
    internal string Architecture { get; }

    /// <summary>The pattern for the variant; <c>*</c> where it is left out.</summary>
    internal string Variant { get; }

    /// <summary>The pattern for the version of the operating system; <c>*</c> where it is left out.</summary>
    internal string OSVersion { get; }

    /// <summary>Whether a part contains <c>*</c>, so that the pattern names no single platform.</summary>
    internal bool HasWildcard => ToString().Contains('*', StringComparison.Ordinal);

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">The text is no pattern. The message quotes the part that is wrong.</exception>
    internal static PlatformPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            string[] parts = (colon < 0 ? text : text[..colon]).Split('/');
            string os = Part(parts[0], "os");
            if (parts.Length == 1) throw new FormatException($"write {os}/* for an os, */{os} for an architecture");
            if (parts.Length > 3) throw new FormatException($"\"/{Printable.Of(parts[3])}\" is one part too many");
            return new PlatformPattern(
                os,
                Part(parts[1], "architecture"),
                parts.Length == 3 ? Part(parts[2], "variant") : Any,
                colon < 0 ? Any : Part(text[(colon + 1)..], "os.version"));
        }
        catch (FormatException e)
        {
            throw new FormatException($"\"{Printable.Of(text)}\" is not a platform, {Grammar}: {e.Message}", e);
        }
    }

    /// <summary>The pattern for an operating system and an architecture, each by name or <c>*</c>.</summary>
    /// <exception cref="FormatException">A name has characters that a name cannot have.</exception>
    internal static PlatformPattern Of(string os, string architecture) =>
        new(Part(os, "os"), Part(architecture, "architecture"), Any, Any);

    /// <summary>Whether the pattern matches a platform.</summary>
    internal bool Matches(Platform platform) =>
        Matches(OS, platform.OS)
        && Matches(Architecture, platform.Architecture)
        && (Matches(Variant, platform.Variant) || IsDefaultVariant(platform))
        && Matches(OSVersion, platform.OSVersion);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{OS}/{Architecture}{(Variant == Any ? "" : "/" + Variant)}{(OSVersion == Any ? "" : ":" + OSVersion)}";

    /// <summary>
    /// The pattern that matches a platform and its default variant only, where <c>os/arch</c> would match others too.
    /// </summary>
    internal static string Exact(Platform platform)
    {
        string variant = platform.Variant.Length > 0
            ? platform.Variant
            : _defaultVariants.GetValueOrDefault(platform.Architecture, "");
        return (platform with { Variant = variant }).ToString();
    }

    private bool IsDefaultVariant(Platform platform) =>
        platform.Variant.Length == 0
        && string.Equals(
            Variant, _defaultVariants.GetValueOrDefault(platform.Architecture), StringComparison.OrdinalIgnoreCase);

    private static bool Matches(string pattern, string text) =>
        pattern == Any || FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);

    private static string Part(string text, string name)
    {
        if (text.Length == 0) throw new FormatException($"the {name} is empty");
        return text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "._+-*".Contains(letter))
            ? text
            : throw new FormatException(
                $"\"{Printable.Of(text)}\" cannot be the {name}: it has letters, digits and . _ + -, or * for any");
    }
}

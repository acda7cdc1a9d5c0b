using MirrorValidate.Manifests;

namespace MirrorValidate.Platforms;

/// <summary>The platforms that take part: those that any of its patterns matches.</summary>
internal sealed class PlatformSelection
{
    private const string Any = "*";
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private readonly IReadOnlyList<PlatformPattern> _patterns;
    private readonly string _text;

    private PlatformSelection(IReadOnlyList<PlatformPattern> patterns, string text)
    {
        _patterns = patterns;
        _text = text;
    }

    /// <summary>Everything in a list, attestations included.</summary>
    internal static PlatformSelection All { get; } = new([], Any);

    /// <summary>
    /// Selects by patterns, <c>os/arch[/variant][:os.version]</c>. Several may be joined by commas; <c>*</c> selects
    /// everything.
    /// </summary>
    /// <exception cref="FormatException">A text is no pattern, or there is none.</exception>
    internal static PlatformSelection Of(params IEnumerable<string> patterns)
    {
        string[] texts = Split(patterns);
        if (texts.Length == 0) throw new FormatException("no platform is named");
        return texts.Contains(Any)
            ? All
            : new PlatformSelection([.. texts.Select(PlatformPattern.Parse)], string.Join(',', texts));
    }

    /// <summary>
    /// Selects by architecture and operating system, as image-tools and hangar do. Several may be joined by commas;
    /// <c>*</c> is any.
    /// </summary>
    /// <param name="architectures">The architectures.</param>
    /// <param name="systems">The operating systems; none for any.</param>
    /// <exception cref="FormatException">A name is none, or no architecture is named.</exception>
    internal static PlatformSelection OfArchitectures(
        IEnumerable<string> architectures, IEnumerable<string>? systems = null)
    {
        string[] names = Split(architectures);
        string[] any = [Any];
        string[] os = systems is null ? any : Split(systems);
        if (names.Length == 0) throw new FormatException("no architecture is named");
        if (os.Length == 0) throw new FormatException("no operating system is named");
        if (names.Contains(Any)) names = any;
        if (os.Contains(Any)) os = any;
        if (names == any && os == any) return All;
        PlatformPattern[] patterns = [.. os.SelectMany(one => names.Select(name => PlatformPattern.Of(one, name)))];
        return new PlatformSelection(patterns, string.Join(',', os == any ? names : patterns.Select(one => $"{one}")));
    }

    /// <summary>
    /// Whether a platform takes part; one that is absent or <c>unknown/unknown</c> only where everything does.
    /// </summary>
    internal bool Includes(Platform? platform) =>
        this == All || (platform is { IsUnknown: false } && _patterns.Any(pattern => pattern.Matches(platform)));

    /// <summary>
    /// The shortest argument of <c>-Platform</c> that selects some platforms and not others; empty where there is none.
    /// </summary>
    /// <param name="wanted">The platforms to select.</param>
    /// <param name="others">The platforms to leave out.</param>
    internal static string ArgumentFor(IReadOnlyList<Platform> wanted, IReadOnlyList<Platform> others)
    {
        string[] texts = [.. wanted.Select(platform => TextFor(platform, others)).Distinct()];
        return texts.Contains("") ? "" : string.Join(',', texts);
    }

    /// <summary>The patterns as the parameter takes them.</summary>
    public override string ToString() => _text;

    private static string TextFor(Platform platform, IReadOnlyList<Platform> others)
    {
        string[] candidates = [$"{platform.OS}/{platform.Architecture}", PlatformPattern.Exact(platform)];
        return candidates.FirstOrDefault(text => TellsFrom(text, others), "");
    }

    // A registry's entry may state what no pattern can say.
    private static bool TellsFrom(string text, IReadOnlyList<Platform> others)
    {
        try
        {
            PlatformPattern pattern = PlatformPattern.Parse(text);
            return !pattern.HasWildcard && !others.Any(pattern.Matches);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string[] Split(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => text.Split(',', Trimmed)).Distinct(StringComparer.OrdinalIgnoreCase)];
}

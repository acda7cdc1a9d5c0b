using System.Reflection;

namespace MirrorValidate.Validation;

/// <summary>
/// How a result was come by. The members are called like the parameters of <c>Test-MirrorImage</c>, and are texts and
/// Booleans, so that they are the same after serialization. All results of a run share one.
/// </summary>
public sealed record ValidationSettings
{
    private const string Separator = "; ";

    /// <summary>
    /// The platforms that were compared, as <c>-Platform</c> takes them, or <c>-Architecture</c> if there is no slash;
    /// <c>*</c> for all. A result whose entry names a platform has it in <see cref="MirrorImageResult.Platform"/>.
    /// </summary>
    public string Platform { get; init; } = "";

    /// <summary>A name of <see cref="ComparisonMode"/>.</summary>
    public string Comparison { get; init; } = "";

    /// <summary>A name of <see cref="ValidationDepth"/>.</summary>
    public string Depth { get; init; } = "";

    /// <summary>Whether attestations in the source's list had to be at the destination.</summary>
    public bool IncludeAttestation { get; init; }

    /// <summary>Whether referrers had to be at the destination.</summary>
    public bool IncludeReferrer { get; init; }

    /// <summary>The stores that sources were looked up in, joined by commas; empty for registries.</summary>
    public string SourceStore { get; init; } = "";

    /// <summary>The stores that destinations were looked up in, joined by commas; empty for registries.</summary>
    public string DestinationStore { get; init; } = "";

    /// <summary>The version of the module, <c>major.minor.patch</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>The settings of a result that does not say them.</summary>
    internal static ValidationSettings Unknown { get; } = new();

    /// <summary>The version of this module.</summary>
    internal static string ModuleVersion { get; } =
        Assembly.GetExecutingAssembly().GetName().Version?.ToString(fieldCount: 3) ?? "";

    /// <summary>
    /// The settings in a line, which <c>Export-Csv</c> writes: <c>Platform=amd64,arm64; Comparison=ManifestList; …</c>.
    /// </summary>
    public override string ToString() => string.Join(
        Separator,
        $"{nameof(Platform)}={Platform}",
        $"{nameof(Comparison)}={Comparison}",
        $"{nameof(Depth)}={Depth}",
        $"{nameof(IncludeAttestation)}={IncludeAttestation}",
        $"{nameof(IncludeReferrer)}={IncludeReferrer}",
        $"{nameof(SourceStore)}={SourceStore}",
        $"{nameof(DestinationStore)}={DestinationStore}",
        $"{nameof(Version)}={Version}");

    internal static ValidationSettings Of(ValidationOptions options) => new()
    {
        Platform = options.Platforms.ToString(),
        Comparison = options.Comparison.ToString(),
        Depth = options.Depth.ToString(),
        IncludeAttestation = options.IncludeAttestation,
        IncludeReferrer = options.IncludeReferrer,
        SourceStore = string.Join(',', options.SourceStores),
        DestinationStore = string.Join(',', options.DestinationStores),
        Version = ModuleVersion,
    };

    /// <summary>Reads what <see cref="ToString"/> writes. What is not there is left empty.</summary>
    internal static ValidationSettings Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in text.Split(Separator))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length == 2) values[pair[0]] = pair[1];
        }

        return new ValidationSettings
        {
            Platform = values.GetValueOrDefault(nameof(Platform), ""),
            Comparison = values.GetValueOrDefault(nameof(Comparison), ""),
            Depth = values.GetValueOrDefault(nameof(Depth), ""),
            IncludeAttestation = values.GetValueOrDefault(nameof(IncludeAttestation)) == bool.TrueString,
            IncludeReferrer = values.GetValueOrDefault(nameof(IncludeReferrer)) == bool.TrueString,
            SourceStore = values.GetValueOrDefault(nameof(SourceStore), ""),
            DestinationStore = values.GetValueOrDefault(nameof(DestinationStore), ""),
            Version = values.GetValueOrDefault(nameof(Version), ""),
        };
    }
}

using MirrorValidate.Manifests;

namespace MirrorValidate.Validation;

/// <summary>The architectures that take part in a comparison.</summary>
internal sealed class ArchitectureSelection
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private readonly HashSet<string>? _names;

    private ArchitectureSelection(HashSet<string>? names) => _names = names;

    /// <summary>Everything in a list, attestations included.</summary>
    public static ArchitectureSelection All { get; } = new(names: null);

    /// <summary>Whether everything takes part.</summary>
    public bool IsAll => _names is null;

    /// <summary>
    /// Selects architectures by name; <c>*</c> selects everything. Names may be joined by commas, as in
    /// image-tools.
    /// </summary>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public static ArchitectureSelection Of(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        HashSet<string> set = new(
            names.SelectMany(name => name.Split(',', Trimmed)),
            StringComparer.OrdinalIgnoreCase);
        if (set.Count == 0)
            throw new ArgumentException("no architecture is named; name some, or * for all", nameof(names));
        return set.Contains("*") ? All : new ArchitectureSelection(set);
    }

    /// <summary>
    /// Whether a platform takes part; one that is absent or <c>unknown/unknown</c> only where everything does.
    /// </summary>
    public bool Includes(Platform? platform) =>
        _names is null || (platform is { IsUnknown: false } && _names.Contains(platform.Architecture));

    /// <summary>The names as the parameter takes them.</summary>
    public override string ToString() => _names is null ? "*" : string.Join(",", _names);
}

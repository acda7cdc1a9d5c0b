using System.Collections.ObjectModel;

namespace MirrorValidate.Validation;

/// <summary>
/// The specs of one side, in the order of its list. Prints as a JSON array, so that a CSV column of it says something.
/// </summary>
/// <param name="specs">The specs.</param>
public sealed class ManifestSpecCollection(IList<ManifestSpec> specs) : ReadOnlyCollection<ManifestSpec>(specs)
{
    /// <summary>The specs of a side that was not read.</summary>
    public static new ManifestSpecCollection Empty { get; } = new([]);

    /// <summary>The specs as a compact JSON array.</summary>
    public override string ToString() => ManifestSpecJson.Compact(this);
}

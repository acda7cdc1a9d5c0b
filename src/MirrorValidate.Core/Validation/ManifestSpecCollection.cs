using System.Collections.ObjectModel;

namespace MirrorValidate.Validation;

/// <summary>
/// The specs of one side, in the order of its list. Its text is a JSON array, which is
/// what <c>Export-Csv</c> writes.
/// </summary>
/// <param name="specs">The specs.</param>
public sealed class ManifestSpecCollection(IList<ManifestSpec> specs) : ReadOnlyCollection<ManifestSpec>(specs)
{
    /// <summary>The specs of a side that was not read.</summary>
    public static new ManifestSpecCollection Empty { get; } = new([]);

    /// <summary>The specs as a compact JSON array.</summary>
    public override string ToString() => ManifestSpecJson.Compact(this);
}

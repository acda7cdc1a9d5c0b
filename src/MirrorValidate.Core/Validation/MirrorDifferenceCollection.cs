using System.Collections.ObjectModel;

namespace MirrorValidate.Validation;

/// <summary>The differences of a result. Its text is one line, which is what <c>Export-Csv</c> writes.</summary>
/// <param name="differences">The differences.</param>
public sealed class MirrorDifferenceCollection(IList<MirrorDifference> differences)
    : ReadOnlyCollection<MirrorDifference>(differences)
{
    /// <summary>No difference.</summary>
    public static new MirrorDifferenceCollection Empty { get; } = new([]);

    /// <summary>Each in a few words, separated by semicolons.</summary>
    public override string ToString() => string.Join("; ", this);
}

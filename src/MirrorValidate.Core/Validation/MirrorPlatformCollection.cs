using System.Collections.ObjectModel;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation;

/// <summary>
/// Both sides of a result, entry by entry. Its text is one line, which is what <c>Export-Csv</c> writes.
/// </summary>
/// <param name="platforms">The pairs of entries.</param>
public sealed class MirrorPlatformCollection(IList<MirrorPlatform> platforms)
    : ReadOnlyCollection<MirrorPlatform>(platforms)
{
    /// <summary>Each pair in a few words, separated by semicolons.</summary>
    public override string ToString() => string.Join("; ", this);

    /// <summary>The specs of two sides, paired as differences are found: see <see cref="EntryPairing"/>.</summary>
    internal static MirrorPlatformCollection Of(ManifestSpecCollection source, ManifestSpecCollection destination) =>
        new([.. EntryPairing.Match(ListEntry.Of(source), ListEntry.Of(destination))
            .Select(pair => MirrorPlatform.Of(pair.Source, pair.Destination))]);
}

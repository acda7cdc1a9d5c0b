using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>Something that was compared, and that other artifacts may refer to.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Platform">Its platform as it is told; empty for a whole list and where none is stated.</param>
internal sealed record Subject(Digest Digest, string Platform)
{
    /// <summary>What was compared of a source: what its tag is, then the entries that took part.</summary>
    internal static IReadOnlyList<Subject> Of(ImageSide source, ArchitectureSelection architectures)
    {
        IEnumerable<Subject> entries = source.Manifest is ManifestIndex index
            ? index.Entries
                .Where(entry => source.IsArtifact || architectures.Includes(entry.Platform))
                .Select(entry => new Subject(entry.Digest, ListEntry.TextOf(entry.Platform)))
            : [];
        var whole = new Subject(source.Manifest.Digest, ListEntry.TextOf(source.Platform));
        return [.. entries.Prepend(whole).DistinctBy(subject => subject.Digest)];
    }
}

using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>A compared manifest, as the subject of referrers.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Platform">Its platform as differences name it; empty for a list, and where none is stated.</param>
internal sealed record Subject(Digest Digest, string Platform)
{
    /// <summary>The subjects of a source: the manifest of its tag, then the entries that take part.</summary>
    internal static IReadOnlyList<Subject> Of(ImageSide source)
    {
        IEnumerable<Subject> entries = source.Manifest is ManifestIndex index
            ? index.Entries
                .Where(entry => source.TakesPart(entry.Platform))
                .Select(entry => new Subject(entry.Digest, ListEntry.TextOf(entry.Platform)))
            : [];
        var whole = new Subject(source.Manifest.Digest, ListEntry.TextOf(source.Platform));
        return [.. entries.Prepend(whole).DistinctBy(subject => subject.Digest)];
    }
}

using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>An entry of a list that is searched for differences.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Platform">The platform; one with empty members if the list states none.</param>
internal sealed record ListEntry(string Digest, Platform Platform)
{
    private static readonly Platform _none = new();

    /// <summary>
    /// The digest of the image that this attests; <see langword="null"/> if the entry is not an attestation.
    /// </summary>
    internal string? Attests { get; init; }

    /// <summary>The platform of the image that this attests; empty if the image is not in the list.</summary>
    internal string AttestedPlatform { get; init; } = "";

    /// <summary>Whether it is a list itself, by the media type that the entry states.</summary>
    internal bool IsList { get; init; }

    /// <summary>Whether it is an image or list for a platform that is known.</summary>
    internal bool IsImage => HasPlatform && !Platform.IsUnknown;

    /// <summary>The platform without <c>os.version</c>.</summary>
    internal (string OS, string Architecture, string Variant) Cpu =>
        (Platform.OS, Platform.Architecture, Platform.Variant);

    /// <summary>Whether it is an image for a stated platform.</summary>
    internal bool IsOfPlatform => HasPlatform && Attests is null;

    /// <summary>Whether the list states a platform.</summary>
    internal bool HasPlatform => Platform.Architecture.Length + Platform.OS.Length > 0;

    /// <summary>The platform that differences name: an attestation has that of its image.</summary>
    internal string PlatformText => Attests is not null ? AttestedPlatform : TextOf(Platform);

    /// <summary>The <c>os.features</c> in one text, sorted.</summary>
    internal string Features => string.Join(',', Platform.OSFeatures.Order(StringComparer.Ordinal));

    /// <summary>What identifies it.</summary>
    internal EntryIdentity Identity => EntryIdentity.Of(Digest, Platform);

    /// <summary>A platform for people; empty if none is stated.</summary>
    internal static string TextOf(Platform? platform) =>
        platform is null || platform == _none ? "" : platform.ToString();

    /// <summary>The entries of a side in the order of its list; a single image is a list of one.</summary>
    internal static IReadOnlyList<ListEntry> Of(ImageSide side) => side.Manifest is ManifestIndex index
        ? Of(index.Entries)
        : Of(side.Specs);

    /// <summary>Those of the entries that take part.</summary>
    internal static ListEntry[] Selected(IEnumerable<ListEntry> entries, PlatformSelection platforms) =>
        [.. entries.Where(entry => platforms.Includes(entry.Platform))];

    /// <summary>
    /// The argument of <c>-Platform</c> that selects some entries of a list and not the others; empty if there is none.
    /// </summary>
    internal static string ArgumentFor(IReadOnlyCollection<ListEntry> wanted, IEnumerable<ListEntry> list) =>
        PlatformSelection.ArgumentFor(PlatformsOf(wanted), PlatformsOf(list.Except(wanted)));

    /// <summary>The entries of specs, which do not show whether they are attestations.</summary>
    internal static IReadOnlyList<ListEntry> Of(IEnumerable<ManifestSpec> specs) =>
        [.. specs.Select(spec => new ListEntry(spec.Digest, spec.Platform ?? _none))];

    private static List<ListEntry> Of(IReadOnlyList<Descriptor> entries)
    {
        Dictionary<string, string>? platforms = null;
        var list = new List<ListEntry>(entries.Count);
        foreach (Descriptor entry in entries)
        {
            var one = new ListEntry(entry.Digest.ToString(), entry.Platform ?? _none)
            {
                IsList = MediaTypes.IsIndex(entry.MediaType),
            };
            if (Attestation.SubjectOf(entry) is { } subject)
            {
                platforms ??= PlatformsByDigest(entries);
                one = one with { Attests = subject, AttestedPlatform = platforms.GetValueOrDefault(subject, "") };
            }

            list.Add(one);
        }

        return list;
    }

    private static Platform[] PlatformsOf(IEnumerable<ListEntry> entries) =>
        [.. entries.Where(entry => entry.IsImage).Select(entry => entry.Platform)];

    private static Dictionary<string, string> PlatformsByDigest(IReadOnlyList<Descriptor> entries) => entries
        .DistinctBy(entry => entry.Digest)
        .ToDictionary(entry => entry.Digest.ToString(), entry => TextOf(entry.Platform), StringComparer.Ordinal);
}

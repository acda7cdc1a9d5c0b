using CsCheck;
using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Lists with few different values, so that what is nearly equal comes up often.</summary>
internal static class ComparisonGen
{
    internal static readonly string[] Digests = [.. Enumerable.Range(0, 2).Select(i => Digest.Of("sha256", [(byte)i]).ToString())];

    private static readonly Gen<Platform?> Platform = Gen.Frequency(
        (1, Gen.Const((Platform?)null)),
        (1, Gen.Const((Platform?)new Platform())),
        (1, Gen.Const((Platform?)new Platform { Architecture = "unknown", OS = "unknown" })),
        // Some of these texts run into each other where they are joined.
        (9, Gen.Select(
            Gen.OneOfConst("amd64", "amd64/b", "arm64"),
            Gen.OneOfConst("linux", "!"),
            Gen.OneOfConst("", "b", "b:1"),
            Gen.OneOfConst("", "1", "10.0.1.2", "10.0.1.3"),
            Gen.OneOfConst<string[]>([], ["f"]),
            (architecture, os, variant, version, features) => (Platform?)new Platform
            {
                Architecture = architecture,
                OS = os,
                Variant = variant,
                OSVersion = version,
                OSFeatures = features,
            })));

    // Only where the platform is unknown is an entry with these an attestation.
    private static readonly Gen<Dictionary<string, string>> Annotations = Gen.Frequency(
        (3, Gen.Const(Descriptor.NoAnnotations)),
        (1, Gen.OneOfConst(Digests).Select(digest => new Dictionary<string, string>
        {
            ["vnd.docker.reference.type"] = "attestation-manifest",
            ["vnd.docker.reference.digest"] = digest,
        })));

    internal static readonly Gen<Descriptor> Entry = Gen.Select(
        Gen.OneOfConst(Digests),
        Platform,
        Annotations,
        (digest, platform, annotations) =>
            new Descriptor("", Digest.Parse(digest), 1, platform) { Annotations = annotations });

    internal static readonly Gen<Descriptor[]> Entries = Entry.Array[0, 6];

    internal static readonly Gen<PlatformSelection> Selection =
        Gen.OneOfConst("*", "amd64", "amd64,arm64", "amd64,unknown").Select(names => PlatformSelection.OfArchitectures([names]));

    internal static readonly Gen<ComparisonMode> Mode = Gen.OneOfConst(ComparisonMode.ManifestList, ComparisonMode.Platform);

    internal static ImageSide Side(IReadOnlyList<Descriptor> entries, string name) => new(
        ImageReference.Parse($"{name}.example/app:v1"),
        new ManifestIndex(MediaTypes.OciIndex, Digest.Of("sha256", System.Text.Encoding.UTF8.GetBytes(name)), default, entries),
        Platform: null,
        PlatformSelection.All);

    /// <summary>What the comparison finds; <see langword="null"/> where nothing differs.</summary>
    internal static Finding? Compare(ImageSide source, ImageSide destination, PlatformSelection selection, ComparisonMode mode) =>
        ManifestComparer.CheckSource(source with { Platforms = selection })
        ?? ManifestComparer.Compare(
            source with { Platforms = selection },
            destination with { Platforms = selection },
            new ValidationOptions { Platforms = selection, Comparison = mode });

    /// <summary>The multiset that the contract compares, made in another way than the comparer's.</summary>
    internal static Dictionary<string, int> Multiset(IEnumerable<Descriptor> entries, PlatformSelection selection) => entries
        .Where(entry => selection == PlatformSelection.All
            || (entry.Platform is { } p && !(p.Architecture == "unknown" && p.OS == "unknown") && selection.ToString().Split(',').Contains(p.Architecture)))
        .Select(entry => (entry.Digest, P: entry.Platform ?? new Platform()))
        .GroupBy(one => string.Join('\n', one.Digest, one.P.Architecture, one.P.OS, one.P.Variant, one.P.OSVersion))
        .ToDictionary(group => group.Key, group => group.Count());

    internal static bool AreEqual(Dictionary<string, int> one, Dictionary<string, int> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out int count) && count == pair.Value);
}

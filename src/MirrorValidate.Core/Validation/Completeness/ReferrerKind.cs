using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Completeness;

/// <summary>The kind of difference that a missing referrer is.</summary>
internal static class ReferrerKind
{
    private const string ContentAnnotation = "dev.sigstore.bundle.content";

    // Of sigstore bundles, of BuildKit's attestations, and of cosign's.
    private static readonly string[] _predicateAnnotations =
        ["dev.sigstore.bundle.predicateType", "in-toto.io/predicate-type", "predicateType"];

    /// <summary>The tags of cosign for what belongs to a manifest, by suffix.</summary>
    internal static IReadOnlyList<(string Suffix, DifferenceKind Kind)> CosignTags { get; } =
    [
        ("sig", DifferenceKind.SignatureMissing),
        ("att", DifferenceKind.AttestationMissing),
        ("sbom", DifferenceKind.SbomMissing),
    ];

    /// <summary>
    /// Whether type and annotations say all that there is to know. An envelope may hold any statement: its predicate
    /// type says which.
    /// </summary>
    internal static bool IsClear(string? type, IReadOnlyDictionary<string, string> annotations) =>
        ReferrerManifest.Tells(type) && (!IsEnvelope(type!) || PredicateOf(annotations) is not null);

    /// <summary>The kind by the artifact type and the annotations of a descriptor or manifest.</summary>
    internal static DifferenceKind Of(string? type, IReadOnlyDictionary<string, string> annotations)
    {
        if (string.IsNullOrEmpty(type)) return DifferenceKind.ReferrerMissing;
        if (IsEnvelope(type) && PredicateOf(annotations) is { } predicate) return OfPredicate(predicate);
        if (Has(type, "sigstore.bundle"))
        {
            return annotations.GetValueOrDefault(ContentAnnotation) == "dsse-envelope"
                ? DifferenceKind.AttestationMissing
                : DifferenceKind.SignatureMissing;
        }

        if (Has(type, "signature", "cosign.artifact.sig", "simplesigning")) return DifferenceKind.SignatureMissing;
        if (IsBill(type)) return DifferenceKind.SbomMissing;
        return Has(type, "in-toto", "attestation", "provenance", "slsa", "dsse")
            ? DifferenceKind.AttestationMissing
            : DifferenceKind.ReferrerMissing;
    }

    private static DifferenceKind OfPredicate(string type)
    {
        if (IsBill(type)) return DifferenceKind.SbomMissing;
        return Has(type, "cosign/sign") ? DifferenceKind.SignatureMissing : DifferenceKind.AttestationMissing;
    }

    private static bool IsEnvelope(string type) => Has(type, "sigstore.bundle", "in-toto", "dsse");

    private static string? PredicateOf(IReadOnlyDictionary<string, string> annotations) => _predicateAnnotations
        .Select(name => annotations.GetValueOrDefault(name))
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static bool IsBill(string type) => Has(type, "sbom", "spdx", "cyclonedx", "syft");

    private static bool Has(string text, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}

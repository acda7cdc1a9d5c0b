using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Completeness;

/// <summary>The kind of difference that a missing referrer is.</summary>
internal static class ReferrerKind
{
    private const string PredicateAnnotation = "dev.sigstore.bundle.predicateType";

    /// <summary>The tags of cosign for what belongs to a manifest, by suffix.</summary>
    internal static IReadOnlyList<(string Suffix, DifferenceKind Kind)> CosignTags { get; } =
    [
        ("sig", DifferenceKind.SignatureMissing),
        ("att", DifferenceKind.AttestationMissing),
        ("sbom", DifferenceKind.SbomMissing),
    ];

    /// <summary>The kind by the artifact type and annotations of a descriptor.</summary>
    internal static DifferenceKind Of(Descriptor referrer)
    {
        string type = referrer.ArtifactType ?? "";
        // A sigstore bundle may hold any statement; cosign annotates which.
        string? predicate = referrer.Annotations.GetValueOrDefault(PredicateAnnotation);
        if (Has(type, "sigstore.bundle") && predicate is not null) return OfPredicate(predicate);
        if (Has(type, "sigstore.bundle", "signature", "cosign.artifact.sig", "simplesigning"))
            return DifferenceKind.SignatureMissing;
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

using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Attestation manifests as BuildKit adds them to an index: platform <c>unknown/unknown</c>, and annotations that name
/// the image.
/// </summary>
internal static class Attestation
{
    private const string TypeAnnotation = "vnd.docker.reference.type";
    private const string DigestAnnotation = "vnd.docker.reference.digest";
    private const string AttestationType = "attestation-manifest";

    /// <summary>
    /// The digest of the image that an entry attests; <see langword="null"/> if the entry is not an attestation.
    /// </summary>
    internal static string? SubjectOf(Descriptor entry) =>
        entry.Platform is null or { IsUnknown: true }
        && entry.Annotations.GetValueOrDefault(TypeAnnotation) == AttestationType
            ? entry.Annotations.GetValueOrDefault(DigestAnnotation)
            : null;
}

using MirrorValidate.Registries;

namespace MirrorValidate.Validation.Findings;

/// <summary>
/// The meaning of every reason. A new reason needs a member of <see cref="ValidationReason"/>, an entry here, and a
/// line in the help (about_MirrorValidate); tests compare them. Messages keep the words of image-tools, which people
/// search for.
/// </summary>
internal static class ReasonTable
{
    private const ValidationStatus Failed = ValidationStatus.Failed;
    private const ValidationStatus Error = ValidationStatus.Error;

    private const string Lacks = "destination lacks what belongs to the source: [{0}]";

    private static readonly ReasonInfo[] _all =
    [
        new(ValidationReason.None, ValidationStatus.Passed) { Message = "" },
        new(ValidationReason.DestinationNotFound, Failed) { Message = "destination manifest does not exists: {0}" },
        new(ValidationReason.DestinationNotAList, Failed) { Message = "destination manifest MIME type unknown: {0}" },
        new(ValidationReason.DestinationListEmpty, Failed) { Message = "destination manifest list is empty" },
        new(ValidationReason.DestinationListLength, Failed)
        {
            Message = "destination manifest list length should be 1",
        },
        new(ValidationReason.PlatformMismatch, Failed) { Message = "source {0} \"{1}\" != dest {0} \"{2}\"" },
        new(ValidationReason.DigestMismatch, Failed) { Message = "source digest \"{0}\" != dest digest \"{1}\"" },
        new(ValidationReason.SpecMismatch, Failed) { Message = "source manifest \"{0}\" != dest \"{1}\", tag \"{2}\"" },
        new(ValidationReason.DestinationManifestMissing, Failed) { Message = "failed to inspect dest image: [{0}]" },
        new(ValidationReason.DescriptorMismatch, Failed) { Message = "destination entry of {0}" },
        new(ValidationReason.BlobMissing, Failed) { Message = "destination blob does not exists: [{0}]" },
        new(ValidationReason.BlobSizeMismatch, Failed) { Message = "destination blob has another size: [{0}]" },
        new(ValidationReason.BlobDigestMismatch, Failed) { Message = "destination blob has another digest: [{0}]" },
        new(ValidationReason.TagDrift, Failed)
        {
            Message =
                "destination tag \"{0}\" points to \"{1}\", not to the digest \"{2}\" that the entry is pinned to",
        },

        // Signatures and attestations vouch for an image; they come before what only describes it.
        new(ValidationReason.SignatureMissing, Failed) { Message = Lacks, Precedence = 1 },
        new(ValidationReason.AttestationMissing, Failed) { Message = Lacks, Precedence = 2 },
        new(ValidationReason.SbomMissing, Failed) { Message = Lacks, Precedence = 3 },
        new(ValidationReason.ReferrerMissing, Failed) { Message = Lacks, Precedence = 4 },

        new(ValidationReason.NoMatchingPlatform, Error)
        {
            Message = "no image available for specified arch list [{0}]",
            Category = "ObjectNotFound",
            Advice = "Name platforms that the source has (Get-ManifestList shows them), or use -Architecture *.",
        },
        new(ValidationReason.SourceNotFound, Error)
        {
            Message = "source manifest does not exists: {0}",
            Category = "ObjectNotFound",
            Advice = "Check the name and the tag; the tag may have been removed upstream.",
        },
        new(ValidationReason.SourceUnsupported, Error)
        {
            Message = "unsupported MIME type \"{0}\"",
            Category = "InvalidType",
            Advice = "Remove the entry from the list: the source is not a container image.",
        },
        new(ValidationReason.NotARegistry, Error)
        {
            Fault = RegistryFault.NotARegistry,
            Category = "ResourceUnavailable",
            Advice = "Check the registry's name and port: what answers at this address is not a registry.",
        },
        new(ValidationReason.Unauthorized, Error)
        {
            Fault = RegistryFault.Unauthorized,
            Category = "AuthenticationError",
            Advice =
                "Use credentials (-SourceCredential, -DestinationCredential, docker login); the repository may "
                + "also not exist.",
        },
        new(ValidationReason.Forbidden, Error)
        {
            Fault = RegistryFault.Forbidden,
            Category = "PermissionDenied",
            Advice = "Use credentials that may read the repository; it may also not exist.",
        },
        new(ValidationReason.RateLimited, Error)
        {
            Fault = RegistryFault.RateLimited,
            Category = "QuotaExceeded",
            Advice = "Wait, use a lower -ThrottleLimit, or log in for a higher limit.",
        },
        new(ValidationReason.RegistryUnavailable, Error)
        {
            Fault = RegistryFault.Unavailable,
            Category = "ResourceUnavailable",
            Advice = "Check that the registry runs and can be reached from here, then run the failed list again.",
        },
        new(ValidationReason.TlsFailure, Error)
        {
            Fault = RegistryFault.TlsFailure,
            Category = "SecurityError",
            Advice =
                "Install the registry's CA, or name the host in -InsecureRegistry if you accept an unverified "
                + "connection.",
        },
        new(ValidationReason.TimedOut, Error)
        {
            Fault = RegistryFault.TimedOut,
            Category = "OperationTimeout",
            Advice = "Use a larger -TimeoutSec, or check the connection to the registry.",
        },
        new(ValidationReason.ResponseTooLarge, Error)
        {
            Fault = RegistryFault.ResponseTooLarge,
            Category = "LimitsExceeded",
            Advice = "Inspect the image with another tool: a manifest should not be this large.",
        },
        new(ValidationReason.DigestVerificationFailed, Error)
        {
            Fault = RegistryFault.DigestVerificationFailed,
            Category = "InvalidData",
            Advice =
                "Do not trust the image: the registry's storage is damaged, or content is changed on the way here.",
        },
        new(ValidationReason.MalformedManifest, Error)
        {
            Fault = RegistryFault.MalformedManifest,
            Category = "InvalidData",
            Advice = "Inspect the registry's response (curl), then push or mirror the image again.",
        },
        new(ValidationReason.AmbiguousReference, Error)
        {
            Fault = RegistryFault.AmbiguousReference,
            Category = "InvalidData",
            Advice = "See what the store holds with Get-StoreImage, and name one of its images by digest, or the "
                + "repository of its tags: -SourceStore REPOSITORY=PATH.",
        },
        new(ValidationReason.UnexpectedResponse, Error)
        {
            Fault = RegistryFault.UnexpectedResponse,
            Category = "ProtocolError",
            Advice = "Run again with -Debug to see each request.",
        },
        new(ValidationReason.InvalidLine, Error)
        {
            Category = "ParserError",
            Advice =
                "Correct what the message names. A line of a list is SOURCE DESTINATION TAG, or one reference together "
                + "with -DestinationRegistry.",
        },
        new(ValidationReason.InternalError, Error)
        {
            Message = "internal error: {0}: {1}",
            Category = "InvalidResult",
            Advice = "Report this with the message and the line of the list.",
        },
    ];

    /// <summary>Every reason once.</summary>
    internal static IReadOnlyList<ReasonInfo> All => _all;

    /// <summary>What a reason means.</summary>
    internal static ReasonInfo Of(ValidationReason reason) => Array.Find(_all, info => info.Reason == reason)!;

    /// <summary>
    /// The meaning of a fault for something that cannot be missing, where a 404 is as unexpected as other answers.
    /// Where it can, see <see cref="Finding"/>.
    /// </summary>
    internal static ReasonInfo Of(RegistryFault fault) =>
        Array.Find(_all, info => info.Fault == fault) ?? Of(ValidationReason.UnexpectedResponse);
}

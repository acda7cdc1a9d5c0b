using MirrorValidate.Registries;

namespace MirrorValidate.Validation;

/// <summary>The verdicts that follow from a registry's fault. None but a 404 says that something does not exist.</summary>
internal static class RegistryFaults
{
    /// <param name="fault">The fault.</param>
    /// <param name="read">What was read of the source before it; its config is what is missing then.</param>
    internal static Verdict OfSource(RegistryException fault, ImageSide? read) => fault.Fault == RegistryFault.NotFound
        ? Verdict.Error(ValidationReason.SourceNotFound, $"source {What(read)} does not exists: {fault.Message}", fault)
        : OfAny(fault);

    /// <param name="fault">The fault.</param>
    /// <param name="read">What was read of the destination before it; its config is what is missing then.</param>
    internal static Verdict OfDestination(RegistryException fault, ImageSide? read) => fault.Fault == RegistryFault.NotFound
        ? Verdict.Failed(
            read is null ? ValidationReason.DestinationNotFound : ValidationReason.BlobMissing,
            $"destination {What(read)} does not exists: {fault.Message}")
        : OfAny(fault);

    /// <summary>An error of whichever side; the message names it.</summary>
    internal static Verdict OfAny(RegistryException fault) => Verdict.Error(ReasonOf(fault.Fault), fault.Message, fault);

    private static string What(ImageSide? read) => read is null ? "manifest" : "image config";

    private static ValidationReason ReasonOf(RegistryFault fault) => fault switch
    {
        RegistryFault.Unauthorized => ValidationReason.Unauthorized,
        RegistryFault.Forbidden => ValidationReason.Forbidden,
        RegistryFault.RateLimited => ValidationReason.RateLimited,
        RegistryFault.Unavailable => ValidationReason.RegistryUnavailable,
        RegistryFault.TlsFailure => ValidationReason.TlsFailure,
        RegistryFault.TimedOut => ValidationReason.TimedOut,
        RegistryFault.ResponseTooLarge => ValidationReason.ResponseTooLarge,
        RegistryFault.DigestVerificationFailed => ValidationReason.DigestVerificationFailed,
        RegistryFault.MalformedManifest => ValidationReason.MalformedManifest,
        _ => ValidationReason.UnexpectedResponse,
    };
}

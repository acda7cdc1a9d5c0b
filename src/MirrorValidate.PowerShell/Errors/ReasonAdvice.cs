using System.Management.Automation;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Errors;

/// <summary>What PowerShell and the user need to know of a reason: its category, and what to do.</summary>
internal static class ReasonAdvice
{
    /// <summary>The error id of a registry's fault, where no entry is validated.</summary>
    internal static string ErrorIdOf(RegistryFault fault) => fault switch
    {
        RegistryFault.NotFound => "ManifestNotFound",
        RegistryFault.Unavailable => nameof(ValidationReason.RegistryUnavailable),
        _ => fault.ToString(),
    };

    internal static ErrorCategory CategoryOf(string reason) => reason switch
    {
        nameof(ValidationReason.SourceNotFound) or nameof(ValidationReason.NoMatchingPlatform) or "ManifestNotFound" => ErrorCategory.ObjectNotFound,
        nameof(ValidationReason.SourceUnsupported) => ErrorCategory.InvalidType,
        nameof(ValidationReason.Unauthorized) => ErrorCategory.AuthenticationError,
        nameof(ValidationReason.Forbidden) => ErrorCategory.PermissionDenied,
        nameof(ValidationReason.RateLimited) => ErrorCategory.QuotaExceeded,
        nameof(ValidationReason.RegistryUnavailable) => ErrorCategory.ResourceUnavailable,
        nameof(ValidationReason.TlsFailure) => ErrorCategory.SecurityError,
        nameof(ValidationReason.TimedOut) => ErrorCategory.OperationTimeout,
        nameof(ValidationReason.ResponseTooLarge) => ErrorCategory.LimitsExceeded,
        nameof(ValidationReason.DigestVerificationFailed) or nameof(ValidationReason.MalformedManifest) => ErrorCategory.InvalidData,
        nameof(ValidationReason.InvalidLine) => ErrorCategory.ParserError,
        nameof(ValidationReason.InternalError) => ErrorCategory.InvalidResult,
        _ => ErrorCategory.ProtocolError,
    };

    internal static string For(string reason) => reason switch
    {
        nameof(ValidationReason.SourceNotFound) or "ManifestNotFound" => "Check the name and the tag; the tag may have been removed upstream.",
        nameof(ValidationReason.NoMatchingPlatform) => "Name architectures that the source has (Get-ManifestList shows them), or use -Architecture *.",
        nameof(ValidationReason.SourceUnsupported) => "Remove the entry from the list: the source is no container image.",
        nameof(ValidationReason.Unauthorized) => "Give credentials (-SourceCredential, -DestinationCredential, docker login); the repository may also not exist.",
        nameof(ValidationReason.Forbidden) => "Give credentials that may read the repository; it may also not exist.",
        nameof(ValidationReason.RateLimited) => "Wait, use a lower -ThrottleLimit, or log in for a higher limit.",
        nameof(ValidationReason.RegistryUnavailable) => "Check that the registry runs and can be reached from here, then run the failed list again.",
        nameof(ValidationReason.TlsFailure) => "Install the registry's CA, or name the host in -InsecureRegistry if you accept an unverified connection.",
        nameof(ValidationReason.TimedOut) => "Use a larger -TimeoutSec, or check the connection to the registry.",
        nameof(ValidationReason.ResponseTooLarge) => "Look at the image with another tool: no manifest should be as large.",
        nameof(ValidationReason.DigestVerificationFailed) => "Something between the registry and here changes content, or its storage is damaged: do not trust the image.",
        nameof(ValidationReason.MalformedManifest) => "Look at what the registry answers (curl), then push or mirror the image again.",
        nameof(ValidationReason.InvalidLine) => "Write SOURCE DESTINATION TAG, or one reference together with -DestinationRegistry.",
        nameof(ValidationReason.InternalError) => "Report this with the message and the line of the list.",
        _ => "Run again with -Debug to see each request.",
    };
}

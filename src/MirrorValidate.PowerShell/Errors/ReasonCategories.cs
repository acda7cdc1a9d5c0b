using System.Management.Automation;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Errors;

/// <summary>What PowerShell needs to know of a reason.</summary>
internal static class ReasonCategories
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
}

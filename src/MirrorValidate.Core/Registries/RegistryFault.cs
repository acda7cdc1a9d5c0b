namespace MirrorValidate.Registries;

/// <summary>
/// Why a registry or a store gave no usable answer. Only <see cref="NotFound"/> says anything about what exists.
/// </summary>
public enum RegistryFault
{
    /// <summary>The registry answered 404.</summary>
    NotFound,

    /// <summary>
    /// 404 from something that is not a registry: <c>/v2/</c> of the host is not found either, or is a web page.
    /// </summary>
    NotARegistry,

    /// <summary>
    /// 401: credentials are missing, wrong, or may not be sent to the token server that the registry named.
    /// </summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>429, on the last attempt or with a longer wait than the time left.</summary>
    RateLimited,

    /// <summary>5xx, or no connection: name not resolved, refused, reset, cut off.</summary>
    Unavailable,

    /// <summary>The TLS handshake failed or the certificate was not accepted.</summary>
    TlsFailure,

    /// <summary>An attempt took too long.</summary>
    TimedOut,

    /// <summary>The answer is larger than <see cref="RegistryLimits"/> allow.</summary>
    ResponseTooLarge,

    /// <summary>The content does not have the requested or announced digest.</summary>
    DigestVerificationFailed,

    /// <summary>The content is not a manifest or config, or contradicts itself.</summary>
    MalformedManifest,

    /// <summary>A name that is of several images.</summary>
    AmbiguousReference,

    /// <summary>A status or redirect that the distribution-spec does not define here.</summary>
    UnexpectedResponse,
}

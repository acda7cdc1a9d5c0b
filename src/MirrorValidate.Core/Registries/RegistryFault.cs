namespace MirrorValidate.Registries;

/// <summary>Why a registry gave no usable answer. Only <see cref="NotFound"/> says anything about what exists.</summary>
public enum RegistryFault
{
    /// <summary>The registry answered 404.</summary>
    NotFound,

    /// <summary>
    /// 404 from something that is no registry: <c>/v2/</c> of the host is not found either, or is a web page.
    /// </summary>
    NotARegistry,

    /// <summary>401: credentials missing, wrong, or not allowed to go where the registry asked for them.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>429, after all attempts or for longer than the time left.</summary>
    RateLimited,

    /// <summary>5xx, or no connection: name not resolved, refused, reset, cut off.</summary>
    Unavailable,

    /// <summary>The TLS handshake failed or the certificate was not accepted.</summary>
    TlsFailure,

    /// <summary>An attempt took too long.</summary>
    TimedOut,

    /// <summary>The answer is larger than <see cref="RegistryLimits"/> allow.</summary>
    ResponseTooLarge,

    /// <summary>The content does not hash to the digest that was asked for or announced.</summary>
    DigestVerificationFailed,

    /// <summary>The content is no manifest or config, or contradicts itself.</summary>
    MalformedManifest,

    /// <summary>A status or redirect that the distribution-spec does not foresee here.</summary>
    UnexpectedResponse,
}

using System.Net;

namespace MirrorValidate.Registries;

/// <summary>
/// A registry gave no usable answer. The message names the side, the request, the attempts and the registry's error
/// code and message. Neither the message nor an inner exception contains a secret or unredacted text of a server.
/// </summary>
public sealed class RegistryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause. Its message must not contain text of a server.</param>
    internal RegistryException(RegistryFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public RegistryFault Fault { get; }

    /// <summary>The HTTP status, if there was an answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The registry's error code, for example <c>MANIFEST_UNKNOWN</c>, if it sent one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Whether it proves that something does not exist. Only a registry's 404 does.</summary>
    internal bool ProvesAbsence => Fault == RegistryFault.NotFound;

    /// <summary>Whether a retry may help.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long to wait before the next request, if the registry said so.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The same fault with another message.</summary>
    internal RegistryException Saying(string message, RegistryFault? fault = null, bool? isTransient = null) =>
        new(fault ?? Fault, message, InnerException)
        {
            StatusCode = StatusCode,
            ErrorCode = ErrorCode,
            IsTransient = isTransient ?? IsTransient,
            RetryAfter = RetryAfter,
        };
}

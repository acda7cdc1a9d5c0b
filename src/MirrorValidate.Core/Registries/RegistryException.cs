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

    /// <summary>Whether the registry has what was asked for, but in no form that was accepted.</summary>
    internal bool IsUnacceptable { get; init; }

    /// <summary>
    /// Whether the answer has the form of a registry's error (distribution-spec, "Error Codes"). Without it, something
    /// else may have answered.
    /// </summary>
    internal bool IsRegistryError { get; init; }

    /// <summary>Whether no connection was made, so that nothing was asked.</summary>
    internal bool IsOfConnecting { get; init; }

    /// <summary>Whether a retry may help.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether it only means that no pulls are left, and that pulls are renewed later in the run.</summary>
    internal bool AwaitsPulls { get; init; }

    /// <summary>The same fault with another message.</summary>
    internal RegistryException Saying(string message, RegistryFault? fault = null, bool? isTransient = null) =>
        new(fault ?? Fault, message, InnerException)
        {
            StatusCode = StatusCode,
            ErrorCode = ErrorCode,
            IsTransient = isTransient ?? IsTransient,
            IsUnacceptable = IsUnacceptable,
            IsRegistryError = IsRegistryError,
            IsOfConnecting = IsOfConnecting,
        };
}

using System.Net;

namespace MirrorValidate.Registries;

/// <summary>
/// A registry gave no usable answer. The message names the side, the request, the attempts and the registry's own error code
/// and message; it never carries a secret.
/// </summary>
public sealed class RegistryException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="message">The sentence.</param>
    /// <param name="innerException">What it follows from.</param>
    public RegistryException(RegistryFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public RegistryFault Fault { get; }

    /// <summary>The status that was answered, where one was.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The registry's own error code, for example <c>MANIFEST_UNKNOWN</c>, where it sent one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Whether asking again later may help.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long the registry asks to wait before the next request.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}

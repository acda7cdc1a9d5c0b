using MirrorValidate.Registries;

namespace MirrorValidate.Stores;

/// <summary>
/// A store is none, is damaged, or could not be read. The message names the store and, where there is one, the file in
/// it.
/// </summary>
internal sealed class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What went wrong, in the terms of a place that images are read from.</param>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    internal StoreException(RegistryFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What went wrong.</summary>
    internal RegistryFault Fault { get; }
}

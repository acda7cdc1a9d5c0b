namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// A credential file cannot be read, or a credential helper failed; the message names it. No other credentials are
/// tried instead: they would be sent to a host they are not meant for.
/// </summary>
internal sealed class CredentialException : Exception
{
    /// <summary>Makes the exception.</summary>
    public CredentialException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// A place that should hold a credential cannot be read. Never answered by trying other credentials, which would go where nobody
/// meant them to. The message names the file or helper and what to do.
/// </summary>
public sealed class CredentialException : Exception
{
    /// <summary>Makes the exception.</summary>
    public CredentialException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

namespace MirrorValidate.Manifests;

/// <summary>A manifest or config is not what its media type says, or contradicts itself.</summary>
internal sealed class ManifestFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, as a clause.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ManifestFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

namespace MirrorValidate.Manifests;

/// <summary>A manifest or config does not have the form that its media type says, or contradicts itself.</summary>
internal sealed class ManifestFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, a clause.</param>
    /// <param name="innerException">What it follows from.</param>
    public ManifestFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

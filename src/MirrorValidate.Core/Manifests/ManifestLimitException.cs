namespace MirrorValidate.Manifests;

/// <summary>A manifest is well formed but larger than the limits allow.</summary>
internal sealed class ManifestLimitException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which limit is exceeded and by how much, as a clause.</param>
    public ManifestLimitException(string message)
        : base(message)
    {
    }
}

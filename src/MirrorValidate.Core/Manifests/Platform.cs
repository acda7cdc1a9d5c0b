namespace MirrorValidate.Manifests;

/// <summary>
/// A platform (OCI image-spec, image-index.md, "platform"). Members that the manifest leaves out are empty.
/// </summary>
public sealed record Platform
{
    /// <summary>The CPU architecture, for example <c>amd64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The operating system, for example <c>linux</c>.</summary>
    public string OS { get; init; } = "";

    /// <summary>The variant of the CPU, for example <c>v8</c>.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The version of the operating system, as Windows images have it (<c>os.version</c>).</summary>
    public string OSVersion { get; init; } = "";

    /// <summary>Features that the image needs of the operating system (<c>os.features</c>).</summary>
    public IReadOnlyList<string> OSFeatures { get; init; } = [];

    /// <summary>Whether this is <c>unknown/unknown</c>, as attestation manifests have it.</summary>
    public bool IsUnknown => Architecture == "unknown" && OS == "unknown";

    /// <inheritdoc/>
    public bool Equals(Platform? other) =>
        other is not null
        && Architecture == other.Architecture
        && OS == other.OS
        && Variant == other.Variant
        && OSVersion == other.OSVersion
        && OSFeatures.SequenceEqual(other.OSFeatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Architecture, OS, Variant, OSVersion);

    /// <summary>The platform as <c>os/arch[/variant][:os.version]</c>.</summary>
    public override string ToString() =>
        $"{OS}/{Architecture}"
        + (Variant.Length == 0 ? "" : "/" + Variant)
        + (OSVersion.Length == 0 ? "" : ":" + OSVersion);
}

using System.Collections.Immutable;

namespace MirrorValidate.Embedded.Images;

/// <summary>The platform of an image (OCI image-spec, image-index.md, <c>platform</c>).</summary>
/// <param name="OS">The operating system.</param>
/// <param name="Architecture">The architecture.</param>
/// <param name="Variant">The variant of the CPU; null: none.</param>
/// <param name="OSVersion">The version of the operating system; null: none.</param>
public sealed record ImagePlatform(string OS, string Architecture, string? Variant = null, string? OSVersion = null)
{
    /// <summary>The required features of the operating system.</summary>
    public ImmutableArray<string> OSFeatures { get; init; } = [];

    /// <summary>linux/amd64.</summary>
    public static ImagePlatform LinuxAmd64 { get; } = new("linux", "amd64");

    /// <summary>linux/arm64/v8.</summary>
    public static ImagePlatform LinuxArm64 { get; } = new("linux", "arm64", "v8");

    /// <summary>linux/arm/v7.</summary>
    public static ImagePlatform LinuxArmV7 { get; } = new("linux", "arm", "v7");

    /// <summary>linux/s390x.</summary>
    public static ImagePlatform LinuxS390x { get; } = new("linux", "s390x");

    /// <summary>The platform that build tools use for attestations.</summary>
    public static ImagePlatform Unknown { get; } = new("unknown", "unknown");

    /// <summary>linux/amd64, linux/arm64/v8, linux/arm/v7 and linux/s390x, typical for a base image.</summary>
    public static ImmutableArray<ImagePlatform> UsualFour { get; } = [LinuxAmd64, LinuxArm64, LinuxArmV7, LinuxS390x];

    /// <summary>Reads <c>os/architecture[/variant][:os.version]</c>.</summary>
    /// <exception cref="FormatException">The text has another format.</exception>
    public static ImagePlatform Parse(string text)
    {
        var version = text.Split(':', 2);
        var parts = version[0].Split('/');
        return parts.Length is 2 or 3
            ? new ImagePlatform(parts[0], parts[1], parts.ElementAtOrDefault(2), version.ElementAtOrDefault(1))
            : throw new FormatException($"'{text}' is not os/architecture[/variant][:os.version].");
    }

    /// <summary>Returns <c>os/architecture[/variant][:os.version]</c>.</summary>
    public override string ToString() =>
        OS + "/" + Architecture + (Variant is null ? "" : "/" + Variant) + (OSVersion is null ? "" : ":" + OSVersion);

    /// <summary>Compares all members, and the features in order.</summary>
    public bool Equals(ImagePlatform? other) =>
        other is not null
        && (OS, Architecture, Variant, OSVersion) == (other.OS, other.Architecture, other.Variant, other.OSVersion)
        && OSFeatures.SequenceEqual(other.OSFeatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OS, Architecture, Variant, OSVersion, OSFeatures.Length);
}

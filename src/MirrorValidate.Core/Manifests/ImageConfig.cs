using System.Text.Json;

namespace MirrorValidate.Manifests;

/// <summary>What an image config says about its image (OCI image-spec, config.md).</summary>
/// <param name="Platform">The platform that the image was built for.</param>
internal sealed record ImageConfig(Platform Platform)
{
    /// <summary>The exact bytes.</summary>
    internal ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Reads a config.</summary>
    /// <exception cref="ManifestFormatException">The bytes are not an image config.</exception>
    public static ImageConfig Read(ReadOnlyMemory<byte> content)
    {
        using JsonDocument document = JsonMembers.Parse(content, "image config");
        Platform platform = DescriptorReader.ReadPlatform(document.RootElement, "image config");
        return new ImageConfig(platform) { Content = content };
    }
}

using System.Globalization;
using System.Text;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>A linux/amd64 image whose layers are any blobs.</summary>
internal static class BlobImage
{
    internal const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    internal static BuiltManifest Of(BuiltBlob layer)
    {
        BuiltManifest image = Of((layer.Digest, layer.Size));
        return image with { Blobs = [.. image.Blobs, layer] };
    }

    /// <summary>An image whose layers are not stored with it.</summary>
    internal static BuiltManifest Of(params (string Digest, long Size)[] layers) => Write(
        [.. layers.Select(layer => string.Create(CultureInfo.InvariantCulture, $$"""{"mediaType":"{{LayerType}}","digest":"{{layer.Digest}}","size":{{layer.Size}}}"""))]);

    /// <summary>An image whose layers are described in JSON.</summary>
    internal static BuiltManifest Write(params string[] layers)
    {
        var config = new BuiltBlob("application/vnd.oci.image.config.v1+json", """{"architecture":"amd64","os":"linux"}"""u8.ToArray());
        const string mediaType = "application/vnd.oci.image.manifest.v1+json";
        string json = $$"""
            {"schemaVersion":2,"mediaType":"{{mediaType}}","config":{"mediaType":"{{config.MediaType}}","digest":"{{config.Digest}}","size":{{config.Size.ToString(CultureInfo.InvariantCulture)}}},"layers":[{{string.Join(',', layers)}}]}
            """;
        return new BuiltManifest(mediaType, Encoding.UTF8.GetBytes(json)) { Platform = ImagePlatform.LinuxAmd64, Blobs = [config] };
    }
}

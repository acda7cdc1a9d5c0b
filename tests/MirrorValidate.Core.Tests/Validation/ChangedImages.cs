using System.IO.Compression;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Images as tools change them on the way.</summary>
internal static class ChangedImages
{
    internal static BuiltManifest Recompressed(ImageFormat format) =>
        new ImageBuilder("s") { Format = format, Compression = CompressionLevel.NoCompression }.Build();

    internal static BuiltManifest Older(string seed) =>
        new ImageBuilder(seed + " old") { Created = ImageBuilder.DefaultCreated.AddDays(-1) }.Build();

    internal static BuiltManifest Converted(BuiltManifest image) =>
        WithConfig(image, RegistryMediaTypes.OciConfig, json => json);

    // As skopeo does it: the same content, in other bytes.
    internal static BuiltManifest ConvertedAnew(BuiltManifest image) => WithConfig(
        image,
        RegistryMediaTypes.OciConfig,
        json => " " + json
            .Replace("\"config\":{", "\"config\":{\"Env\":null,", StringComparison.Ordinal)
            .Replace("00:00Z", "00:00+00:00", StringComparison.Ordinal));

    internal static BuiltManifest Configured(BuiltManifest image) => WithConfig(
        image,
        RegistryMediaTypes.DockerConfig,
        json => json.Replace("/opt/content", "/opt/other", StringComparison.Ordinal));

    internal static BuiltManifest Rewritten(BuiltManifest image) =>
        new(image.MediaType, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(image.Content.Span) + "\n"))
        {
            Platform = image.Platform,
            Blobs = image.Blobs,
        };

    internal static BuiltManifest WithConfig(BuiltManifest image, string mediaType, Func<string, string> edit)
    {
        string edited = edit(Encoding.UTF8.GetString(image.Blobs[0].Content.Span));
        var config = new BuiltBlob(mediaType, Encoding.UTF8.GetBytes(edited));
        string manifest = Encoding.UTF8.GetString(image.Content.Span)
            .Replace(image.Blobs[0].Digest, config.Digest, StringComparison.Ordinal)
            .Replace($"\"size\": {image.Blobs[0].Size}", $"\"size\": {config.Size}", StringComparison.Ordinal);
        bool isOci = mediaType == RegistryMediaTypes.OciConfig;
        if (isOci)
        {
            manifest = manifest
                .Replace(RegistryMediaTypes.DockerManifest, RegistryMediaTypes.OciManifest, StringComparison.Ordinal)
                .Replace(RegistryMediaTypes.DockerConfig, RegistryMediaTypes.OciConfig, StringComparison.Ordinal)
                .Replace(RegistryMediaTypes.DockerLayer, RegistryMediaTypes.OciLayer, StringComparison.Ordinal);
        }

        return new BuiltManifest(
            isOci ? RegistryMediaTypes.OciManifest : image.MediaType, Encoding.UTF8.GetBytes(manifest))
        {
            Platform = image.Platform,
            Blobs = [config, .. image.Blobs.Skip(1)],
        };
    }
}

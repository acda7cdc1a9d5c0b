using System.Text.Json;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>Small images in the formats that the self-tests of these fixtures need.</summary>
internal sealed class TestImages(HttpPush push, bool oci)
{
    private readonly string _indexType = oci
        ? "application/vnd.oci.image.index.v1+json" : "application/vnd.docker.distribution.manifest.list.v2+json";

    private readonly string _manifestType = oci
        ? "application/vnd.oci.image.manifest.v1+json" : "application/vnd.docker.distribution.manifest.v2+json";

    private readonly string _configType = oci
        ? "application/vnd.oci.image.config.v1+json" : "application/vnd.docker.container.image.v1+json";

    private readonly string _layerType = oci
        ? "application/vnd.oci.image.layer.v1.tar" : "application/vnd.docker.image.rootfs.diff.tar";

    /// <summary>Pushes a list or index with one image for each architecture.</summary>
    /// <returns>Its digest, then those of the images.</returns>
    public async Task<string[]> PushListAsync(string repository, string tag, params string[] architectures)
    {
        var entries = new List<(string Digest, int Size)>();
        foreach (var architecture in architectures)
            entries.Add(await PushImageAsync(repository, architecture));

        var list = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = _indexType,
            manifests = entries.Zip(architectures, (entry, architecture) => new
            {
                mediaType = _manifestType,
                digest = entry.Digest,
                size = entry.Size,
                platform = new { architecture, os = "linux" },
            }),
        });
        var digest = await push.ManifestAsync(repository, tag, _indexType, list);
        return [digest, .. entries.Select(entry => entry.Digest)];
    }

    private async Task<(string Digest, int Size)> PushImageAsync(string repository, string architecture)
    {
        // Two zero blocks are a tar file without entries.
        var layer = new byte[1024];
        var layerDigest = await push.BlobAsync(repository, layer);
        var config = JsonSerializer.SerializeToUtf8Bytes(
            new { architecture, os = "linux", rootfs = new { type = "layers", diff_ids = new[] { layerDigest } } });
        var configDigest = await push.BlobAsync(repository, config);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = _manifestType,
            config = new { mediaType = _configType, digest = configDigest, size = config.Length },
            layers = new[] { new { mediaType = _layerType, digest = layerDigest, size = layer.Length } },
        });
        return (await push.ManifestAsync(repository, HttpPush.DigestOf(manifest), _manifestType, manifest), manifest.Length);
    }
}

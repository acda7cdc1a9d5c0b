using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Tests.Stores;

/// <summary>
/// What tools write, as their sources and their own test data show it: names, annotations, extra files and nesting.
/// </summary>
internal static class ToolStores
{
    private const string FullName = "docker.io/library/app:v1";
    private const string Repository = "docker.io/library/app=";
    private const string Image = FullName + "=";

    private static readonly ImagePlatform[] Platforms = [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64];
    private static readonly BuiltManifest Docker = SampleImages.DockerList("app", Platforms);
    private static readonly BuiltManifest Oci = SampleImages.OciIndex("app", Platforms);

    private static readonly string[] Tag = [StoreFiles.RefName, "v1"];
    private static readonly string[] Both = [StoreFiles.ContainerdName, FullName, .. Tag];
    private static readonly string[] MarkerFirst = ["oci-layout", "index.json"];

    /// <summary>The stores by the command that writes them.</summary>
    internal static IReadOnlyDictionary<string, Func<ToolStore>> All { get; } = new Dictionary<string, Func<ToolStore>>
    {
        ["skopeo copy oci:"] = () => new("layout", Layout(Oci, Tag), Oci) { Binding = Repository },
        ["skopeo copy oci-archive:"] = () => new("app.tar", Layout(Oci, [StoreFiles.RefName, FullName]), Oci),
        ["skopeo copy dir:"] = () => new("folder", StoreFiles.SkopeoFolder(Docker), Docker) { Binding = Image },
        ["skopeo sync --scoped"] = () => new("tree", StoreFiles.SkopeoFolder(Docker, FullName + "/"), Docker),
        ["crane pull --format=oci"] = Crane,
        ["crane pull --format=oci --annotate-ref"] = () =>
            new("layout", Layout(Docker, [StoreFiles.RefName, "index.docker.io/library/app:v1"]), Docker),
        ["regctl image export"] = () => new("app.tar", Layout(Docker, Both, MarkerFirst), Docker),
        ["regctl image export --compress"] = () => new("app.tar.gz", Layout(Docker, Both, MarkerFirst), Docker),
        ["regctl image copy ocidir:"] = () => new("layout", Layout(Docker, Tag), Docker) { Binding = Repository },
        ["regctl image copy --platforms ocidir:"] = () =>
            Amd64("layout", Layout(Docker, Tag), Docker) with { Binding = Repository },
        ["oras copy --to-oci-layout"] = () => Oras("layout", ["index.json", "oci-layout"]),
        ["oras backup"] = () => Oras("backup.tar", []),
        ["docker save, containerd store"] = () => Amd64("app.tar", Archive(Oci, Both), Oci),
        ["docker save, by digest"] = () => new("app.tar", Archive(Oci, []), Oci) { Binding = Image },
        ["ctr images export --all-platforms"] = () => new("app.tar", Archive(Docker, Both), Docker),
        ["rancher-save-images.sh"] = () => Amd64("rancher-images.tar.gz", Archive(Docker, Both), Docker),
        ["k3s airgap images"] = () => Amd64("k3s-airgap-images-amd64.tar.zst", Archive(Docker, Both), Docker),
        ["zarf package create"] = Zarf,
        ["hauler store save"] = () => Hauler("dev.hauler"),
        ["hauler store save, older"] = () => Hauler("dev.cosignproject.cosign"),
        ["hangar save"] = () => new("saved.zip", Hangar(), Docker) { KeepsList = false },
    };

    /// <summary>
    /// <c>docker save</c> from version 25 on without containerd's store: an image, its layers unpacked, in a manifest
    /// that docker makes up.
    /// </summary>
    internal static ToolStore DockerWithoutContainerd(BuiltManifest image)
    {
        BuiltBlob config = image.Blobs[0];
        const string type = "application/vnd.oci.image.manifest.v1+json";
        BuiltBlob[] layers =
        [
            .. image.Blobs.Skip(1)
                .Select(layer => new BuiltBlob("application/vnd.oci.image.layer.v1.tar", Unpacked(layer))),
        ];
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = type,
            config = Descriptor(config with { MediaType = "application/vnd.oci.image.config.v1+json" }),
            layers = layers.Select(Descriptor),
        });
        var manifest = new BuiltManifest(type, content) { Platform = image.Platform, Blobs = [config, .. layers] };
        StoreFiles files = Archive(manifest, Both);
        files["repositories"] = Encoding.UTF8.GetBytes($$$"""{"app":{"v1":"{{{layers[0].Digest[7..]}}}"}}""");
        return new("app.tar", files, image) { KeepsList = false };
    }

    /// <summary>What has no manifests: <c>docker save</c> before version 25, and <c>podman save</c>.</summary>
    internal static ToolStore DockerArchive(bool isOfPodman)
    {
        BuiltManifest image = Docker.Children[0];
        string config = $"{image.Blobs[0].Digest[7..]}.json";
        string id = new('a', 64);
        string layer = isOfPodman ? $"{image.Blobs[1].Digest[7..]}.tar" : $"{id}/layer.tar";
        var files = new StoreFiles
        {
            [$"{id}/"] = [],
            [$"{id}/VERSION"] = "1.0"u8.ToArray(),
            [$"{id}/json"] = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
            [layer] = Unpacked(image.Blobs[1]),
            [config] = image.Blobs[0].Content.ToArray(),
            ["manifest.json"] = JsonSerializer.SerializeToUtf8Bytes(
                new[] { new { Config = config, RepoTags = new[] { "app:v1" }, Layers = new[] { layer } } }),
            ["repositories"] = Encoding.UTF8.GetBytes($$$"""{"app":{"v1":"{{{id}}}"}}"""),
        };
        return new("app.tar", files, image);
    }

    // Pulled twice, it is in the index twice.
    private static ToolStore Crane()
    {
        StoreFiles files = Layout(Docker, []);
        files["index.json"] = StoreFiles.Index(StoreFiles.Entry(Docker, []), StoreFiles.Entry(Docker, []));
        return new("layout", files, Docker) { Binding = Image };
    }

    // The index also lists children and referrers, without names.
    private static ToolStore Oras(string name, string[] first)
    {
        BuiltManifest sbom = ArtifactBuilder.Referrer(Oci, "application/spdx+json");
        StoreFiles files = StoreFiles.Layout((Oci, Tag), (sbom, []), (Oci.Children[0], []), (Oci.Children[1], []));
        return new(name, InOrder(files, first), Oci)
        {
            Binding = Repository,
            Belonging = new Dictionary<string, BuiltManifest> { [sbom.Digest] = sbom },
        };
    }

    private static ToolStore Zarf()
    {
        StoreFiles images =
            Layout(Oci, ["org.opencontainers.image.base.name", FullName, StoreFiles.RefName, FullName]);
        var files = new StoreFiles
        {
            ["checksums.txt"] = "0000 images/index.json\n"u8.ToArray(),
            ["components/"] = [],
            ["components/app.tar"] = new byte[1024],
            ["images/"] = [],
        };
        files.AddRange(images.In("images/"));
        files["sboms.tar"] = new byte[1024];
        files["zarf.yaml"] = "kind: ZarfPackageConfig\n"u8.ToArray();
        return new("zarf-package-app-amd64.tar.zst", files, Oci);
    }

    // A signature has the name of its image, and a kind.
    private static ToolStore Hauler(string vendor)
    {
        BuiltManifest signature = ArtifactBuilder.CosignSignature(Docker);
        BuiltManifest file = ArtifactBuilder.HelmChart("chart");
        string tag = ArtifactBuilder.CosignTag(Docker);
        const string full = "index.docker.io/library/app:v1";
        string[] name =
        [
            StoreFiles.RefName, "library/app:v1", StoreFiles.ContainerdName, full, "hauler.dev/original-ref", full,
            "kind",
        ];
        StoreFiles files = StoreFiles.Layout(
            (Docker, [.. name, $"{vendor}/imageIndex"]),
            (signature, [.. name, $"{vendor}/sigs"]),
            (file, [StoreFiles.RefName, "hauler/chart:1.0.0", "kind", $"{vendor}/image"]));
        files["manifest.json"] = DockerManifest(Docker);
        return new("haul.tar.zst", InOrder(files, []), Docker)
        {
            Listed = ["docker.io/hauler/chart 1.0.0", $"docker.io/library/app {tag}", "docker.io/library/app v1"],
            Belonging = new Dictionary<string, BuiltManifest> { [tag] = signature },
        };
    }

    private static StoreFiles Hangar()
    {
        StoreFiles files = StoreFiles.Hangar(Docker, "docker.io/library/app", "v1");
        var all = new StoreFiles { ["share/"] = [], ["share/sha256/"] = [] };
        foreach (BuiltManifest child in Docker.Children) all[$"{child.Digest[7..]}/blobs/"] = [];
        all.AddRange(files.Where(file => file.Key != "index.json"));
        // Blobs that images share are written again.
        all.AddRange(files.Where(file => file.Key.StartsWith("share/", StringComparison.Ordinal)).Take(2));
        all.Add(new("index.json", files["index.json"]));
        return all;
    }

    private static StoreFiles Layout(BuiltManifest image, string[] annotations, params string[] first) =>
        InOrder(StoreFiles.Layout((image, annotations)), first);

    // containerd's archives are sorted by name, with entries for folders and docker's old index.
    private static StoreFiles Archive(BuiltManifest image, string[] name)
    {
        StoreFiles files =
            StoreFiles.Layout((image, ["containerd.io/distribution.source.docker.io", "library/app", .. name]));
        files["blobs/"] = [];
        files["blobs/sha256/"] = [];
        files["manifest.json"] = DockerManifest(image);
        return InOrder(files, []);
    }

    private static byte[] DockerManifest(BuiltManifest image)
    {
        BuiltManifest one = image.Children is [var child, ..] ? child : image;
        return JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            new
            {
                Config = FileOf(one.Blobs[0].Digest),
                RepoTags = new[] { "app:v1" },
                Layers = one.Blobs.Skip(1).Select(layer => FileOf(layer.Digest)),
            },
        });
    }

    // Of linux/arm64, only the entry in the list is there.
    private static ToolStore Amd64(string name, StoreFiles files, BuiltManifest image)
    {
        BuiltManifest arm = image.Children[1];
        string[] gone = [.. arm.Blobs.Select(blob => blob.Digest).Append(arm.Digest).Select(FileOf)];
        files.RemoveAll(file => gone.Contains(file.Key));
        return new(name, files, image) { IsComplete = false };
    }

    private static StoreFiles InOrder(StoreFiles files, string[] first)
    {
        var ordered = new StoreFiles();
        ordered.AddRange(first.Select(name => files.Find(file => file.Key == name)));
        ordered.AddRange(
            files.Where(file => !first.Contains(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal));
        return ordered;
    }

    private static object Descriptor(BuiltBlob blob) =>
        new { mediaType = blob.MediaType, digest = blob.Digest, size = blob.Size };

    private static string FileOf(string digest) => $"blobs/{digest.Replace(':', '/')}";

    private static byte[] Unpacked(BuiltBlob layer)
    {
        using var content = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(layer.Content.ToArray()), CompressionMode.Decompress);
        gzip.CopyTo(content);
        return content.ToArray();
    }
}

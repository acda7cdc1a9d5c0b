using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>A place to read from whose answers a test gives; takes down what it was asked.</summary>
internal sealed class FakeReader : IImageReader
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>What was asked, as <c>METHOD identifier</c>, in order.</summary>
    internal IReadOnlyList<string> Asked => [.. _asked];

    internal Func<ImageReference, Task<Manifest>> Get { get; set; } =
        reference => Task.FromResult<Manifest>(ManifestOf(reference, size: 10));

    internal Func<ImageReference, Task<ManifestHead>> Head { get; set; } =
        reference => Task.FromResult(new ManifestHead(reference.Identifier, MediaTypes.OciManifest));

    internal Func<Descriptor, Task<BlobState>> Blob { get; set; } = _ => Task.FromResult(BlobState.Present);

    /// <summary>What the place lists; <see langword="null"/> where it keeps no list.</summary>
    internal IReadOnlyList<Descriptor>? Referrers { get; set; } = [];

    /// <summary>The tags of every repository, by pages; <see langword="null"/> where <see cref="Fault"/> comes instead.</summary>
    internal IReadOnlyList<IReadOnlyList<string>>? Tags { get; set; } = [];

    internal RegistryException? Fault { get; set; }

    public RegistryLimits Limits { get; } = new() { Blobs = 17 };

    public bool LimitsPulls(ImageReference image) => image.Registry.IsDockerHub;

    /// <summary>A manifest of an unknown type and of some bytes, which has the digest of the reference.</summary>
    internal static Manifest ManifestOf(ImageReference reference, int size) =>
        new UnknownManifest("application/vnd.example", reference.Digest ?? Digest.Of("sha256", []), new byte[size]);

    public Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        Ask("GET", reference.Identifier, () => Get(reference));

    public Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        Ask("HEAD", reference.Identifier, () => Head(reference));

    public Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken) =>
        Ask("CONFIG", config.Digest.ToString(), () => Task.FromResult(new ImageConfig(new Platform())));

    public Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        Ask("FIND", blob.Digest.ToString(), () => Blob(blob));

    public Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        Ask("HASH", blob.Digest.ToString(), () => Blob(blob));

    public Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken) =>
        Ask("REFERRERS", subject.Identifier, () => Task.FromResult(Referrers));

    public async IAsyncEnumerable<IReadOnlyList<string>> ListTagsAsync(
        ImageReference repository,
        RequestContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<string>> pages =
            await Ask("TAGS", repository.Name, () => Task.FromResult(Tags ?? throw Fault!));
        foreach (IReadOnlyList<string> page in pages) yield return page;
    }

    private Task<T> Ask<T>(string method, string identifier, Func<Task<T>> answer)
    {
        _asked.Enqueue($"{method} {identifier}");
        return answer();
    }
}

namespace MirrorValidate.References;

/// <summary>
/// A complete reference: registry, repository, and the tag or digest to request. Docker Hub's names of one component
/// are under <c>library/</c> (distribution/reference, normalize.go). It may also be of an image in a store; such a
/// reference may have no repository, and neither tag nor digest.
/// </summary>
internal sealed record ImageReference
{
    /// <summary>Creates a reference and fills in the defaults.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">
    /// The repository path; on Docker Hub <c>library/</c> is added to a single component.
    /// </param>
    /// <param name="tag">The tag. The default is <c>latest</c> if there is no digest either.</param>
    /// <param name="digest">The digest, which takes precedence over the tag in requests.</param>
    public ImageReference(RegistryHost registry, string repository, string? tag, Digest? digest = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(repository);
        Registry = registry;
        Repository = registry.IsDockerHub && !repository.Contains('/', StringComparison.Ordinal)
            ? "library/" + repository
            : repository;
        Tag = tag ?? (digest is null ? "latest" : null);
        Digest = digest;
    }

    // An image in a store. Its tag may be missing, where a repository has a default.
    private ImageReference(StoreLocation store, ImageName name)
    {
        Store = store;
        Registry = name.Host ?? RegistryHost.DockerHub;
        Repository = name.Path;
        Tag = name.Path.Length > 0 && name.Digest is null ? name.Tag ?? "latest" : name.Tag;
        Digest = name.Digest;
    }

    /// <summary>The store that has the image; <see langword="null"/> for one in a registry.</summary>
    public StoreLocation? Store { get; }

    /// <summary>The registry.</summary>
    public RegistryHost Registry { get; }

    /// <summary>The repository path as the API expects it.</summary>
    public string Repository { get; }

    /// <summary>The tag, if any.</summary>
    public string? Tag { get; private init; }

    /// <summary>The digest that the reference is pinned to, if any.</summary>
    public Digest? Digest { get; private init; }

    /// <summary>
    /// The digest or else the tag, as it follows <c>/manifests/</c> in a request (distribution-spec, "Pulling
    /// manifests").
    /// </summary>
    public string Identifier => Digest?.ToString() ?? Tag ?? "";

    /// <summary>
    /// The name without tag and digest: <c>registry/repository</c>, after the store if there is one.
    /// </summary>
    public string Name => Store is null
        ? $"{Registry.Name}/{Repository}"
        : Repository.Length == 0 ? Store.ToString() : $"{Store}:{Registry.Name}/{Repository}";

    /// <summary>Parses a reference. The defaults are docker.io and, without a tag or digest, <c>latest</c>.</summary>
    /// <exception cref="FormatException">The text does not match the grammar.</exception>
    public static ImageReference Parse(string text)
    {
        ImageName name = ImageName.Parse(text);
        return Of(name, name.Host);
    }

    /// <summary>The reference that a name makes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="registry">
    /// The registry; docker.io for <see langword="null"/>. An image in a store has the one of its own name.
    /// </param>
    internal static ImageReference Of(ImageName name, RegistryHost? registry) => name.Store is { } store
        ? new ImageReference(store, name)
        : new ImageReference(registry ?? RegistryHost.DockerHub, name.Path, name.Tag, name.Digest);

    /// <summary>A reference to a digest in the same repository.</summary>
    public ImageReference WithDigest(Digest digest) => this with { Tag = null, Digest = digest };

    /// <summary>A reference to a tag in the same repository.</summary>
    public ImageReference WithTag(string tag) => this with { Tag = tag, Digest = null };

    /// <summary>Returns <c>registry/repository[:tag][@digest]</c>, after the store if there is one.</summary>
    public override string ToString() =>
        $"{Name}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";
}

namespace MirrorValidate.References;

/// <summary>
/// A complete reference: registry, repository, and the tag or digest to ask for. Docker Hub's single-component names lie
/// under <c>library/</c> (distribution/reference, normalize.go).
/// </summary>
internal sealed record ImageReference
{
    /// <summary>Completes a reference.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository path; on Docker Hub a single component is put under <c>library/</c>.</param>
    /// <param name="tag">The tag; <c>latest</c> where neither tag nor digest is given.</param>
    /// <param name="digest">The digest, which wins over the tag when the manifest is asked for.</param>
    public ImageReference(RegistryHost registry, string repository, string? tag, Digest? digest = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(repository);
        Registry = registry;
        Repository = registry.IsDockerHub && !repository.Contains('/', StringComparison.Ordinal) ? "library/" + repository : repository;
        Tag = tag ?? (digest is null ? "latest" : null);
        Digest = digest;
    }

    /// <summary>The registry.</summary>
    public RegistryHost Registry { get; }

    /// <summary>The repository path, as the API wants it.</summary>
    public string Repository { get; }

    /// <summary>The tag, where there is one.</summary>
    public string? Tag { get; }

    /// <summary>The digest that the reference is pinned to, where there is one.</summary>
    public Digest? Digest { get; }

    /// <summary>What stands after <c>/manifests/</c> in a request: the digest, else the tag (distribution-spec, "Pulling manifests").</summary>
    public string Identifier => Digest?.ToString() ?? Tag!;

    /// <summary>The name without tag and digest: <c>registry/repository</c>.</summary>
    public string Name => $"{Registry.Name}/{Repository}";

    /// <summary>Reads a reference as a person writes it; docker.io and <c>latest</c> where the text has no registry, tag or digest.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar.</exception>
    public static ImageReference Parse(string text)
    {
        ImageName name = ImageName.Parse(text);
        return new ImageReference(name.Host ?? RegistryHost.DockerHub, name.Path, name.Tag, name.Digest);
    }

    /// <summary>The same repository, asked by digest.</summary>
    public ImageReference WithDigest(Digest digest) => new(Registry, Repository, null, digest);

    /// <summary>The reference as it is written: <c>registry/repository[:tag][@digest]</c>.</summary>
    public override string ToString() => $"{Name}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";
}

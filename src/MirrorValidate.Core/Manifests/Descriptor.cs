using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>What a manifest says about a piece of content (OCI image-spec, descriptor.md).</summary>
/// <param name="MediaType">The content's media type; empty if the descriptor has none.</param>
/// <param name="Digest">The content's digest.</param>
/// <param name="Size">The content's size in bytes; <see cref="UnknownSize"/> if the descriptor has none.</param>
/// <param name="Platform">The platform, if this is an entry of an index and states one.</param>
internal sealed record Descriptor(string MediaType, Digest Digest, long Size, Platform? Platform = null)
{
    /// <summary>The <see cref="Size"/> of a descriptor that states none.</summary>
    public const long UnknownSize = -1;

    internal static readonly Dictionary<string, string> NoAnnotations = [];

    /// <summary>The annotations, by key.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = NoAnnotations;

    /// <summary>Where else the content can be fetched from.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>The artifact type, if the descriptor states one.</summary>
    public string? ArtifactType { get; init; }
}

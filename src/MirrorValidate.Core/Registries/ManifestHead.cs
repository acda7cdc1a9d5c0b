using MirrorValidate.Manifests;

namespace MirrorValidate.Registries;

/// <summary>What is known about a manifest besides its content. None of it is verified.</summary>
/// <param name="Digest">The digest; empty if unknown.</param>
/// <param name="MediaType">The media type without parameters; empty if unknown.</param>
internal sealed record ManifestHead(string Digest, string MediaType)
{
    /// <summary>
    /// The size in bytes; <see langword="null"/> if unknown. That of schema 1 always is: registries sign it
    /// again when it is read.
    /// </summary>
    internal long? Size { get; init; }

    /// <summary>What is known about a manifest that was read.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="digest">The digest that it was asked for by.</param>
    internal static ManifestHead Of(Manifest manifest, string digest) => new(digest, manifest.MediaType)
    {
        Size = manifest is Schema1Manifest ? null : manifest.Content.Length,
    };

    /// <summary>Whether a descriptor states another size than this tells.</summary>
    internal bool HasOtherSize(Descriptor descriptor) => Size is { } size && size != descriptor.Size;

    /// <summary>Whether a descriptor states another media type than this tells.</summary>
    internal bool HasOtherType(Descriptor descriptor) =>
        ManifestReader.TellsType(MediaType)
        && MediaType != descriptor.MediaType
        && !(MediaTypes.IsSchema1(MediaType) && MediaTypes.IsSchema1(descriptor.MediaType));

    /// <summary>Whether a descriptor states something else than this tells.</summary>
    internal bool Contradicts(Descriptor descriptor) => HasOtherSize(descriptor) || HasOtherType(descriptor);
}

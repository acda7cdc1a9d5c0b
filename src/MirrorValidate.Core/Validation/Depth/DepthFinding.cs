using System.Globalization;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Depth;

/// <summary>Something that the destination lacks, has damaged, or could not be asked about.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Platforms">The first platforms of the compared images that need it; a platform that is not known is left out.</param>
/// <param name="Descriptor">What the destination says of it.</param>
/// <param name="Reason">What is wrong; <see cref="ValidationReason.None"/> where that is not known.</param>
/// <param name="Description">What is wrong, a clause.</param>
/// <param name="Fault">Why it is not known; for a manifest that is missing, the 404.</param>
internal sealed record DepthFinding(
    ContentRole Role, IReadOnlyList<Platform> Platforms, Descriptor Descriptor, ValidationReason Reason, string Description, RegistryException? Fault)
{
    /// <summary>Whether the destination is proven to be wrong.</summary>
    internal bool IsProven => Reason != ValidationReason.None;

    /// <summary>The deepest level that it leaves proven.</summary>
    internal ValidationDepth Leaves => this switch
    {
        { Role: ContentRole.Manifest } => ValidationDepth.List,
        { Reason: ValidationReason.BlobDigestMismatch } => ValidationDepth.Blob,
        _ => ValidationDepth.Manifest,
    };

    /// <summary>A config or layer with what is wrong with it: <c>linux/amd64 layer sha256:… (application/…, 213 bytes): missing</c>.</summary>
    internal string DescribeBlob()
    {
        string platforms = string.Join(", ", Platforms.Select(platform => Printable.Of(platform.ToString())).Distinct());
        string role = Role == ContentRole.Config ? "config" : "layer";
        string size = Descriptor.Size == Descriptor.UnknownSize ? "" : string.Create(CultureInfo.InvariantCulture, $"{Descriptor.Size} bytes");
        string details = string.Join(", ", new[] { Printable.Of(Descriptor.MediaType), size }.Where(part => part.Length > 0));
        return $"{(platforms.Length > 0 ? platforms + " " : "")}{role} {Descriptor.Digest}{(details.Length > 0 ? $" ({details})" : "")}: {Description}";
    }

    /// <summary>The finding as a difference: what the manifest states against what is there.</summary>
    internal Difference ToDifference() => new(
        Reason switch
        {
            _ when Role == ContentRole.Manifest => DifferenceKind.ManifestMissing,
            ValidationReason.BlobMissing => DifferenceKind.BlobMissing,
            ValidationReason.BlobSizeMismatch => DifferenceKind.BlobSizeMismatch,
            _ => DifferenceKind.BlobDigestMismatch,
        },
        string.Join(", ", Platforms.Select(ListEntry.TextOf).Where(text => text.Length > 0).Distinct()),
        Descriptor.Digest.ToString(),
        Reason == ValidationReason.BlobMissing || Role == ContentRole.Manifest ? "" : Description);

    /// <summary>A manifest: <c>registry/repository@sha256:… (linux/amd64)</c>.</summary>
    internal string DescribeManifest(ImageReference image) =>
        $"{image.Name}@{Descriptor.Digest}{(Platforms.Count > 0 ? $" ({Printable.Of(Platforms[0].ToString())})" : "")}";
}

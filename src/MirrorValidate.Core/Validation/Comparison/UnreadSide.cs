using MirrorValidate.Manifests;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Comparison;

/// <summary>
/// The findings for a side whose manifest, or the config with its platform, could not be read.
/// </summary>
internal static class UnreadSide
{
    /// <param name="fault">Why it could not be read.</param>
    /// <param name="read">The manifest where only the config could not be read.</param>
    internal static Finding OfSource(RegistryException fault, ImageSide? read)
    {
        if (fault.IsUnacceptable)
        {
            string unsupported = $"unsupported MIME type: {fault.Message}";
            return new Finding(ValidationReason.SourceUnsupported, unsupported) { Fault = fault };
        }

        Finding missing = read is null
            ? Finding.Of(ValidationReason.SourceNotFound, fault.Message)
            : new Finding(ValidationReason.SourceNotFound, $"source image config does not exists: {fault.Message}");
        return Finding.Of(fault, missing with { Fault = fault });
    }

    /// <param name="fault">Why it could not be read.</param>
    /// <param name="read">The manifest where only the config could not be read.</param>
    /// <param name="source">The source, which was read.</param>
    internal static Finding OfDestination(RegistryException fault, ImageSide? read, ImageSide source)
    {
        if (fault.IsUnacceptable) return Finding.Of(ValidationReason.DestinationNotAList, fault.Message);
        Finding missing = read?.Manifest is ImageManifest image
            ? new Finding(ValidationReason.BlobMissing, $"destination image config does not exists: {fault.Message}")
            {
                Difference = new Difference(DifferenceKind.BlobMissing, "", image.Config.Digest.ToString(), ""),
            }
            : Finding.Of(ValidationReason.DestinationNotFound, fault.Message) with
            {
                Difference = new Difference(DifferenceKind.ImageMissing, "", source.Manifest.Digest.ToString(), ""),
            };
        return Finding.Of(fault, missing);
    }
}

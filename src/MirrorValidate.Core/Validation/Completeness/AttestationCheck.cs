using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>Looks for the attestations that the source's index holds of the images that were compared.</summary>
/// <param name="destination">Asks destination registries.</param>
/// <param name="architectures">Which images those are.</param>
internal sealed class AttestationCheck(IImageReader destination, ArchitectureSelection architectures)
{
    /// <summary>What there is to do, one piece for each attestation.</summary>
    internal IEnumerable<Func<CancellationToken, Task<IReadOnlyList<CompletenessFinding>>>> Of(ImageSide from, ImageSide to, RequestContext context)
    {
        HashSet<string> listed = Listed(to);
        return Expected(from).Select(entry => (Func<CancellationToken, Task<IReadOnlyList<CompletenessFinding>>>)(token =>
            CheckAsync(entry, listed.Contains(entry.Digest), to.Reference, context, token)));
    }

    /// <summary>Those that the destination's list does not have, without a request.</summary>
    internal IEnumerable<Difference> Unlisted(ImageSide from, ImageSide to)
    {
        HashSet<string> listed = Listed(to);
        return Expected(from).Where(entry => !listed.Contains(entry.Digest)).Select(Missing);
    }

    private IEnumerable<ListEntry> Expected(ImageSide from)
    {
        IReadOnlyList<ListEntry> entries = ListEntry.Of(from);
        HashSet<string> compared = [.. entries.Where(entry => architectures.Includes(entry.Platform)).Select(entry => entry.Digest)];
        return entries.Where(entry => entry.Attests is { } subject && compared.Contains(subject));
    }

    private static HashSet<string> Listed(ImageSide to) => [.. to.Specs.Select(spec => spec.Digest)];

    private static Difference Missing(ListEntry attestation) => new(DifferenceKind.AttestationMissing, attestation.PlatformText, attestation.Digest, "");

    private async Task<IReadOnlyList<CompletenessFinding>> CheckAsync(
        ListEntry attestation, bool isListed, ImageReference image, RequestContext context, CancellationToken cancellationToken)
    {
        Difference missing = Missing(attestation);
        if (!isListed) return [CompletenessFinding.Of(missing)];
        try
        {
            await destination.CheckManifestAsync(image.WithDigest(Digest.Parse(attestation.Digest)), context, cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (RegistryException e)
        {
            return [e.Fault == RegistryFault.NotFound ? CompletenessFinding.Of(missing with { Detail = DifferenceTexts.ListedOnly }) : CompletenessFinding.Of(e)];
        }
    }
}

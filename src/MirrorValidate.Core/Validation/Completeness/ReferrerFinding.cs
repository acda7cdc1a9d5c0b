using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>Makes findings of what belongs to the source's image and is not at the destination.</summary>
internal static class ReferrerFinding
{
    /// <summary>The finding; the message names it like <c>signature linux/amd64 sha256:…</c>.</summary>
    internal static Finding Of(Difference missing)
    {
        string[] parts = [DifferenceTable.Of(missing.Kind).Thing, Printable.Of(missing.Platform), missing.Source];
        return Finding.Of(FindingTarget.Referrer, missing, string.Join(' ', parts.Where(part => part.Length > 0)));
    }

    /// <summary>
    /// Looks whether a manifest is at the destination: it must be listed, and the registry must have it.
    /// </summary>
    /// <param name="destination">Asks the registry.</param>
    /// <param name="reference">The manifest.</param>
    /// <param name="isListed">Whether the destination lists it; if not, no request is sent.</param>
    /// <param name="missing">The difference where it is missing.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>What is amiss; nothing where the manifest is there.</returns>
    internal static async Task<IReadOnlyList<Finding>> LookForAsync(
        RegistryReader destination,
        ImageReference reference,
        bool isListed,
        Difference missing,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        if (!isListed) return [Of(missing)];
        try
        {
            await destination.CheckManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (RegistryException e)
        {
            return [Finding.Of(e, Of(missing with { Detail = DifferenceTexts.ListedOnly }))];
        }
    }
}

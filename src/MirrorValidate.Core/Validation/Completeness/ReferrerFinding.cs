using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>The findings for referrers of the source's image that the destination lacks.</summary>
internal static class ReferrerFinding
{
    /// <summary>A missing referrer; the message names it <c>signature linux/amd64 sha256:…</c>.</summary>
    internal static Finding Of(Difference missing)
    {
        string[] parts = [DifferenceTable.Of(missing.Kind).Thing, Printable.Of(missing.Platform), missing.Source];
        return Finding.Of(FindingTarget.Referrer, missing, string.Join(' ', parts.Where(part => part.Length > 0)));
    }

    /// <summary>
    /// Checks that the destination lists a referrer, and that its registry has it.
    /// </summary>
    /// <param name="destination">Reads the destinations.</param>
    /// <param name="reference">The referrer at the destination.</param>
    /// <param name="isListed">Whether the destination lists it; if not, no request is sent.</param>
    /// <param name="missing">The difference if it is missing.</param>
    /// <param name="context">The request context of the entry.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The finding; <see langword="null"/> where it is there.</returns>
    internal static async Task<Finding?> LookForAsync(
        IImageReader destination,
        ImageReference reference,
        bool isListed,
        Difference missing,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        if (!isListed) return Of(missing);
        try
        {
            await destination.CheckManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (RegistryException e)
        {
            // A list that names it is there already, so not every tool copies it again.
            return Finding.Of(e, Of(missing with
            {
                Detail = DifferenceTexts.ListedOnly,
                Remedy = missing.Remedy.Length > 0 ? missing.Remedy : DifferenceTexts.MendTheList,
            }));
        }
    }
}

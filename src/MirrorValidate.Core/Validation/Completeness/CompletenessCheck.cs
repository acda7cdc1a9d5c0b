using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Completeness;

/// <summary>
/// Checks that attestations, signatures and other referrers of what was compared exist at the destination.
/// </summary>
internal sealed class CompletenessCheck
{
    private const int Concurrency = 16;

    private readonly ValidationOptions _options;
    private readonly AttestationCheck _attestations;
    private readonly ReferrerCheck _referrers;

    /// <param name="source">Reads the sources.</param>
    /// <param name="destination">Reads the destinations.</param>
    /// <param name="options">What must exist.</param>
    internal CompletenessCheck(IImageReader source, IImageReader destination, ValidationOptions options)
    {
        _options = options;
        _attestations = new AttestationCheck(destination);
        _referrers = new ReferrerCheck(source, destination);
    }

    /// <summary>Whether anything is checked.</summary>
    internal bool IsWanted => _options.IncludeAttestation || _options.IncludeReferrer;

    /// <summary>Checks an image that is right so far.</summary>
    internal async Task<IReadOnlyList<Finding>> RunAsync(
        ImageSide from, ImageSide to, RequestContext context, CancellationToken cancellationToken)
    {
        var checks = new List<Func<CancellationToken, Task<IReadOnlyList<Finding>>>>();
        if (_options.IncludeAttestation) checks.AddRange(_attestations.Of(from, to, context));
        if (_options.IncludeReferrer)
        {
            checks.AddRange(Subject.Of(from)
                .Select(subject => _referrers.Of(subject, from.Reference, to.Reference, context)));
        }

        var found = new IReadOnlyList<Finding>[checks.Count];
        await Concurrently.ForAsync(
            checks.Count,
            Concurrency,
            async i => found[i] = await checks[i](cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        // An attestation may be found twice: in the index, and as a referrer.
        return
        [
            .. found.SelectMany(findings => findings)
                .DistinctBy(one => (one.Difference?.Kind, one.Difference?.Platform, one.Difference?.Source)),
        ];
    }

    /// <summary>
    /// What the two lists alone show to be missing, for an image that has failed. Sends no request.
    /// </summary>
    internal IReadOnlyList<Finding> FindUnlisted(ImageSide from, ImageSide to) =>
        _options.IncludeAttestation ? AttestationCheck.FindUnlisted(from, to) : [];
}

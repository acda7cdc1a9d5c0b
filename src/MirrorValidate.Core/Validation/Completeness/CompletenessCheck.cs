using System.Globalization;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>Looks whether what attests, signs or describes what was compared is at the destination, too.</summary>
internal sealed class CompletenessCheck
{
    private const int Concurrency = 16;
    private const int MaximumNamed = 10;

    private readonly ValidationOptions _options;
    private readonly AttestationCheck _attestations;
    private readonly ReferrerCheck _referrers;

    /// <param name="source">Asks source registries.</param>
    /// <param name="destination">Asks destination registries.</param>
    /// <param name="options">What must be there.</param>
    internal CompletenessCheck(IImageReader source, IImageReader destination, ValidationOptions options)
    {
        _options = options;
        _attestations = new AttestationCheck(destination, options.Architectures);
        _referrers = new ReferrerCheck(source, destination);
    }

    /// <summary>
    /// The verdict on what passed so far; the same where nothing more is wanted, or everything is there. Of what failed nothing is asked,
    /// and told what the lists show.
    /// </summary>
    internal async Task<Verdict> CheckAsync(EntryValidation validation, Verdict verdict, CancellationToken cancellationToken)
    {
        if (validation is not { Source: { } from, Destination: { } to }) return verdict;
        if (verdict.Status == ValidationStatus.Failed && _options.IncludeAttestation)
            return verdict with { Differences = [.. verdict.Differences, .. _attestations.Unlisted(from, to)] };
        if (verdict.Status != ValidationStatus.Passed || (!_options.IncludeAttestation && !_options.IncludeReferrer)) return verdict;
        var work = new List<Func<CancellationToken, Task<IReadOnlyList<CompletenessFinding>>>>();
        if (_options.IncludeAttestation)
            work.AddRange(_attestations.Of(from, to, validation.Context));
        if (_options.IncludeReferrer)
            work.AddRange(Subject.Of(from, _options.Architectures).Select(subject => _referrers.Of(subject, from.Reference, to.Reference, validation.Context)));
        var found = new IReadOnlyList<CompletenessFinding>[work.Count];
        await Concurrently.ForAsync(
            work.Count, Concurrency, async i => found[i] = await work[i](cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return VerdictOn([.. found.SelectMany(findings => findings)]) ?? verdict;
    }

    // What is proven missing outweighs what is not known, and what vouches for an image outweighs what describes it.
    private static Verdict? VerdictOn(List<CompletenessFinding> findings)
    {
        List<Difference> missing = [.. findings.Where(finding => finding.Missing is not null).Select(finding => finding.Missing!)
            .DistinctBy(one => (one.Kind, one.Platform, one.Source))];
        if (missing.Count == 0) return findings.Find(finding => finding.Fault is not null)?.Fault is { } fault ? RegistryFaults.OfAny(fault) : null;
        ValidationReason reason = missing.Select(one => ReasonOf(one.Kind)).Min();
        string names = string.Join(", ", missing.Take(MaximumNamed).Select(Name));
        int more = missing.Count - MaximumNamed;
        if (more > 0) names += string.Create(CultureInfo.InvariantCulture, $", and {more} more");
        return Verdict.Failed(reason, $"destination lacks what belongs to the source: [{names}]") with { Differences = missing };
    }

    private static string Name(Difference missing) => string.Join(' ', new[] { What(missing.Kind), Printable.Of(missing.Platform), missing.Source }.Where(part => part.Length > 0));

    private static string What(DifferenceKind kind) => kind switch
    {
        DifferenceKind.SignatureMissing => "signature",
        DifferenceKind.AttestationMissing => "attestation",
        DifferenceKind.SbomMissing => "SBOM",
        _ => "referrer",
    };

    private static ValidationReason ReasonOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.SignatureMissing => ValidationReason.SignatureMissing,
        DifferenceKind.AttestationMissing => ValidationReason.AttestationMissing,
        DifferenceKind.SbomMissing => ValidationReason.SbomMissing,
        _ => ValidationReason.ReferrerMissing,
    };
}

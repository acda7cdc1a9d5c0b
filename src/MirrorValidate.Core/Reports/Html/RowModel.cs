using System.Globalization;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Reports.Html;

/// <summary>An image in the table of the page, with what its row opens to.</summary>
internal sealed record RowModel
{
    private const int DigestDigits = 12;

    private RowModel()
    {
    }

    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Kind { get; init; }

    public required string Sign { get; init; }

    public required string Reason { get; init; }

    public required string Image { get; init; }

    public required string Tag { get; init; }

    public required string Destination { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required bool HasBaseline { get; init; }

    public required string Change { get; init; }

    public required string Proof { get; init; }

    public required string Seconds { get; init; }

    public required string Message { get; init; }

    /// <summary>What to do about an error; what to do about a failure is with its differences.</summary>
    public required string Advice { get; init; }

    public required string Before { get; init; }

    public required IReadOnlyList<PlatformModel> Platforms { get; init; }

    public required IReadOnlyList<MirrorDifference> Differences { get; init; }

    public required IReadOnlyList<Fact> Facts { get; init; }

    internal static RowModel Of(ReportEntry entry, Report report)
    {
        MirrorImageResult result = entry.Result;
        bool hasPassed = result.Status == nameof(ValidationStatus.Passed);
        return new RowModel
        {
            Id = result.Id.ToString(CultureInfo.InvariantCulture),
            Status = result.Status,
            Kind = KindOf(result.Status),
            Sign = SignOf(result.Status),
            Reason = hasPassed ? "" : result.Reason,
            Image = result.Source.Length > 0 ? result.Source : result.Line,
            Tag = ShortenDigest(result.Tag),
            Destination = result.Destination,
            From = result.Source.Length > 0 ? ReportTally.RegistryOf(result.Source) : "",
            To = result.Destination.Length > 0 ? ReportTally.RegistryOf(result.Destination) : "",
            HasBaseline = report.HasBaseline,
            Change = entry.Change is { } change ? ReportWords.Of(change) : "",
            Proof = result.Proof.Level == MirrorProof.None.Level ? "" : result.Proof.Level,
            Seconds = result.Duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            Message = result.Message,
            Advice = result.Status == nameof(ValidationStatus.Error)
                && Enum.TryParse(result.Reason, out ValidationReason reason) ? ReasonTable.Of(reason).Advice : "",
            Before = entry.Before is { } before ? Join(": ", ReportWords.Of(before), before.Message) : "",
            Platforms = PlatformModel.AllOf(result),
            Differences = result.Differences,
            Facts = [.. FactsOf(result, report).Where(fact => fact.Value.Length > 0)],
        };
    }

    internal static string KindOf(string status) => status switch
    {
        nameof(ValidationStatus.Passed) => "passed",
        nameof(ValidationStatus.Failed) => "failed",
        _ => "error",
    };

    internal static string SignOf(string status) => status switch
    {
        nameof(ValidationStatus.Passed) => "✓",
        nameof(ValidationStatus.Failed) => "✗",
        _ => "!",
    };

    private static IEnumerable<Fact> FactsOf(MirrorImageResult result, Report report)
    {
        bool isSame = result.SourceDigest == result.DestinationDigest;
        yield return new Fact(isSame ? "Both sides" : "Source", result.SourceDigest, IsCode: true);
        yield return new Fact("Destination", isSame ? "" : result.DestinationDigest, IsCode: true);
        string types = result.SourceMediaType == result.DestinationMediaType
            ? result.SourceMediaType
            : Join(" → ", result.SourceMediaType, result.DestinationMediaType);
        yield return new Fact("Media type", types);
        yield return new Fact("Only platform", result.Platform);
        yield return new Fact("Proof", result.Proof.Level == MirrorProof.None.Level ? "" : result.Proof.ToString());
        yield return new Fact("In the list", result.LineNumber == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{report.NameOf(result.Path)}, line {result.LineNumber}"));
        yield return new Fact("Line", result.Source.Length > 0 ? "" : result.Line, IsCode: true);
        yield return new Fact("Tested", result.Time == default ? "" : ReportWords.Time(result.Time));
        yield return new Fact("Test again", RetestCommand.Of(result), IsCode: true);
    }

    private static string Join(string separator, params string[] parts) =>
        string.Join(separator, parts.Where(part => part.Length > 0));

    // A tag may end in the digest that it is pinned to, which what the row opens to has in full.
    private static string ShortenDigest(string tag)
    {
        int colon = tag.LastIndexOf(':');
        return colon < 0 || tag.Length - colon - 1 <= DigestDigits ? tag : $"{tag[..(colon + 1 + DigestDigits)]}…";
    }
}

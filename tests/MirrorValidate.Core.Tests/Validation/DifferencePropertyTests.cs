using CsCheck;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Differences and verdict never contradict each other, whatever two lists hold.</summary>
public sealed class DifferencePropertyTests
{
    private static readonly DifferenceKind[] ToldOnly = [DifferenceKind.Reordered, DifferenceKind.FilteredIndex, DifferenceKind.OSFeaturesDiffer];

    [Fact]
    public void What_fails_has_a_difference_that_fails_and_what_passes_has_none() =>
        Gen.Select(ComparisonGen.Entries, ComparisonGen.Entries, ComparisonGen.Selection).Sample((source, destination, selection) =>
        {
            ImageSide from = ComparisonGen.Side(source, "source");
            ImageSide to = ComparisonGen.Side(destination, "destination");
            var options = new ValidationOptions { Architectures = selection };
            Verdict verdict = ComparisonGen.Compare(from, to, selection, ComparisonMode.ManifestList) ?? Verdict.PassedAfter(1);
            DifferenceKind[] kinds = [.. new DifferenceFinder(options).Find(from, to, verdict).Select(one => one.Kind)];
            Assert.Equal(verdict.Status == ValidationStatus.Failed, kinds.Except(ToldOnly).Any());
            if (verdict.Status == ValidationStatus.Error) Assert.Empty(kinds);
        });

    [Fact]
    public void Each_entry_is_in_one_pair() =>
        Gen.Select(ComparisonGen.Entries, ComparisonGen.Entries).Sample((source, destination) =>
        {
            IReadOnlyList<ListEntry> from = ListEntry.Of(ComparisonGen.Side(source, "source"));
            IReadOnlyList<ListEntry> to = ListEntry.Of(ComparisonGen.Side(destination, "destination"));
            IReadOnlyList<(ListEntry? Source, ListEntry? Destination)> pairs = EntryPairing.Match(from, to);
            Assert.Equal(from, pairs.Where(pair => pair.Source is not null).Select(pair => pair.Source!));
            Assert.Equal(
                to.ToHashSet(ReferenceEqualityComparer.Instance),
                pairs.Where(pair => pair.Destination is not null).Select(pair => pair.Destination!).ToHashSet(ReferenceEqualityComparer.Instance));
            Assert.Equal(from.Count + to.Count, pairs.Sum(pair => (pair.Source is null ? 0 : 1) + (pair.Destination is null ? 0 : 1)));
        });

    [Fact]
    public void Every_kind_has_its_sentences() =>
        Assert.All(Enum.GetValues<DifferenceKind>(), kind =>
        {
            Assert.Matches(@"^[A-Z].*\.$", DifferenceTexts.CauseOf(kind));
            Assert.Matches(@"^[A-Z].*\.$", DifferenceTexts.RemedyOf(kind));
        });
}

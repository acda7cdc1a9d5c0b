using CsCheck;
using MirrorValidate.ImageLists;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Differences and verdict never contradict each other, whatever two lists hold.</summary>
public sealed class DifferencePropertyTests
{
    private static readonly DifferenceKind[] ToldOnly = [DifferenceKind.Reordered, DifferenceKind.FilteredIndex, DifferenceKind.OSFeaturesDiffer];

    [Fact]
    public void What_fails_has_a_difference_that_fails_and_what_passes_has_none() =>
        Gen.Select(ComparisonGen.Entries, ComparisonGen.Entries, ComparisonGen.Selection).Sample((source, destination, selection) =>
        {
            ImageSide from = ComparisonGen.Side(source, "source") with { Platforms = selection };
            ImageSide to = ComparisonGen.Side(destination, "destination") with { Platforms = selection };
            var options = new ValidationOptions();
            Finding? finding = ComparisonGen.Compare(from, to, selection, ComparisonMode.ManifestList);
            EntryState state = new EntryState(ImageListEntry.Read(1, new ImageListLine("a b v1", 1, Path: null)))
                .WithDifferences(new DifferenceFinder(options).Find(from, to, finding?.Reason ?? ValidationReason.None));
            if (finding is not null) state = state.With(finding);
            DifferenceKind[] kinds = [.. state.Differences.Select(one => one.Kind)];
            Assert.Equal(state.Verdict?.Status == ValidationStatus.Failed, kinds.Except(ToldOnly).Any());
            if (state.IsError) Assert.Empty(kinds);
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
}

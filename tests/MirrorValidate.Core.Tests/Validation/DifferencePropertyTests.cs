using CsCheck;
using MirrorValidate.ImageLists;
using MirrorValidate.Manifests;
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

    [Fact]
    public void No_two_entries_are_left_apart_that_are_more_alike_than_what_each_is_paired_with() =>
        Gen.Select(ComparisonGen.Entries, ComparisonGen.Entries).Sample((source, destination) =>
        {
            IReadOnlyList<(ListEntry? Source, ListEntry? Destination)> pairs = EntryPairing.Match(
                ListEntry.Of(ComparisonGen.Side(source, "source")),
                ListEntry.Of(ComparisonGen.Side(destination, "destination")));
            foreach ((ListEntry? from, ListEntry? fromPartner) in pairs.Where(pair => pair.Source is not null))
            {
                foreach ((ListEntry? toPartner, ListEntry? to) in pairs.Where(pair => pair.Destination is not null))
                {
                    int distance = Math.Min(Distance(from, fromPartner), Distance(toPartner, to));
                    Assert.True(distance <= Distance(from, to), $"{from} and {to}");
                }
            }
        });

    /// <summary>How far two entries are from each other, by the order in docs/differences.md.</summary>
    private static int Distance(ListEntry? source, ListEntry? destination)
    {
        if (source is null || destination is null) return int.MaxValue;
        if (source.Identity == destination.Identity) return 0;
        bool isForPlatform = source.IsOfPlatform && destination.IsOfPlatform;
        (Platform from, Platform to) = (source.Platform, destination.Platform);
        bool isSameCpu = isForPlatform && source.Cpu == destination.Cpu;
        bool isSameSystem = isForPlatform
            && (from.OS, from.Architecture, from.OSVersion) == (to.OS, to.Architecture, to.OSVersion);
        if (source.Attests is not null && destination.Attests is not null
            ? source.AttestedPlatform == destination.AttestedPlatform
            : (source.Attests ?? destination.Attests) is null
                && source.Cpu == destination.Cpu && from.OSVersion == to.OSVersion)
        {
            return 1;
        }

        if (source.Digest == destination.Digest) return 2;
        if (isSameCpu && IsWindowsBuild(from) && IsWindowsBuild(to)) return 3;
        if (isSameCpu && from.OSVersion.Length * to.OSVersion.Length == 0) return 4;
        return isSameSystem && from.Variant.Length * to.Variant.Length == 0 ? 5 : int.MaxValue;
    }

    // The generator makes versions of one build only.
    private static bool IsWindowsBuild(Platform platform) =>
        platform.OSVersion.StartsWith("10.0.1.", StringComparison.Ordinal);
}

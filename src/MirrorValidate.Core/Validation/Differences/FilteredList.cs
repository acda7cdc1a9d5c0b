using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Recognizes a list with only some of the source's platforms, as tools with an architecture option make it.
/// </summary>
internal static class FilteredList
{
    /// <summary>
    /// The difference; <see langword="null"/> if the destination is anything else. Whole lists are compared: for each
    /// platform (without <c>os.version</c>) the destination has all of the source's entries or none, and it has none
    /// for at least one. Attestations do not count.
    /// </summary>
    internal static Difference? Find(IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination)
    {
        Dictionary<EntryIdentity, int> unmatched = source
            .GroupBy(entry => entry.Identity)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (ListEntry entry in destination)
        {
            if (!unmatched.TryGetValue(entry.Identity, out int count) || count == 0) return null;
            unmatched[entry.Identity] = count - 1;
        }

        HashSet<(string, string, string)> kept =
            [.. destination.Where(entry => entry.IsImage).Select(entry => entry.Cpu)];
        ILookup<bool, ListEntry> images =
            source.Where(entry => entry.IsImage).ToLookup(entry => kept.Contains(entry.Cpu));
        List<ListEntry> missing = [.. images[false]];
        bool isWhole = images[true].All(entry => unmatched[entry.Identity] == 0);
        if (kept.Count == 0 || missing.Count == 0 || !isWhole) return null;
        return new Difference(
            DifferenceKind.FilteredIndex,
            "",
            ListDifferences.Platforms(source.Where(entry => entry.IsImage)),
            ListDifferences.Platforms(destination.Where(entry => entry.IsImage)))
        {
            Detail = DifferenceTexts.Filtered(ShortList.Join(", ", [.. missing.Select(ListDifferences.PlatformText)])),
        };
    }
}

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Reports a list in a list that only one side has (OCI image-spec, image-index.md: an entry may be an index). Nothing
/// is known about its entries without reading it, so platforms that may be in it are not reported as missing.
/// </summary>
internal static class NestedLists
{
    /// <summary>
    /// The differences between two lists, those of nested lists first, without the platforms that may be in them.
    /// </summary>
    /// <param name="differences">The differences between the selected entries.</param>
    /// <param name="wholeSource">All entries of the source.</param>
    /// <param name="wholeDestination">All entries of the destination.</param>
    /// <param name="sourceDigest">The digest of the source's manifest.</param>
    internal static List<Difference> Tell(
        List<Difference> differences,
        IReadOnlyList<ListEntry> wholeSource,
        IReadOnlyList<ListEntry> wholeDestination,
        string sourceDigest)
    {
        List<Difference> missing = differences.FindAll(one => one.Kind == DifferenceKind.MissingPlatform);
        List<Difference> extra = differences.FindAll(one => one.Kind == DifferenceKind.ExtraPlatform);
        // If nothing is missing, a nested list among the entries that are not selected is not a difference.
        List<ListEntry> added = Only(wholeDestination, wholeSource)
            .FindAll(list => missing.Count > 0 || differences.Exists(one => one.Destination == list.Digest));
        List<ListEntry> lacked = Only(wholeSource, wholeDestination)
            .FindAll(list => extra.Count > 0 || differences.Exists(one => one.Source == list.Digest));
        // Two lists that were compared with each other are nested on both sides.
        foreach (Difference pair in differences.FindAll(one => Is(one.Source, lacked) && Is(one.Destination, added)))
        {
            lacked.RemoveAll(list => list.Digest == pair.Source);
            added.RemoveAll(list => list.Digest == pair.Destination);
        }

        string within = Platforms(missing.FindAll(one => !Is(one.Source, lacked)));
        string from = Platforms(extra.FindAll(one => !Is(one.Destination, added)));
        IEnumerable<Difference> nested =
        [
            .. added.Select(list => Of(list, "", list.Digest, list.Digest == sourceDigest
                ? DifferenceTexts.WrappedList
                : DifferenceTexts.Nested(within))),
            .. lacked.Select(list => Of(list, list.Digest, "", DifferenceTexts.Unnested(from))),
        ];
        return
        [
            .. nested,
            .. differences.Where(one =>
                !Is(one.Source, lacked)
                && !Is(one.Destination, added)
                && !(added.Count > 0 && one.Kind == DifferenceKind.MissingPlatform)
                && !(lacked.Count > 0 && one.Kind == DifferenceKind.ExtraPlatform)),
        ];
    }

    private static Difference Of(ListEntry list, string source, string destination, string detail) =>
        new(DifferenceKind.NestedIndex, list.PlatformText, source, destination) { Detail = detail };

    private static List<ListEntry> Only(IReadOnlyList<ListEntry> one, IReadOnlyList<ListEntry> other)
    {
        List<ListEntry> lists = [.. one.Where(entry => entry.IsList).DistinctBy(entry => entry.Digest)];
        if (lists.Count == 0) return lists;
        HashSet<string> digests = [.. other.Select(entry => entry.Digest)];
        return lists.FindAll(list => !digests.Contains(list.Digest));
    }

    private static bool Is(string digest, List<ListEntry> lists) => lists.Exists(list => list.Digest == digest);

    private static string Platforms(List<Difference> differences) => ShortList.Join(
        ", ", [.. differences.Select(one => one.Platform).Where(platform => platform.Length > 0).Distinct()]);
}

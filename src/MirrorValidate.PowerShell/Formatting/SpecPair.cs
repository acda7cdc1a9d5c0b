namespace MirrorValidate.PowerShell.Formatting;

/// <summary>What stands at both sides for one platform.</summary>
/// <param name="Source">The source's spec; <see langword="null"/> where it has none.</param>
/// <param name="Destination">The destination's spec; <see langword="null"/> where it has none.</param>
internal sealed record SpecPair(SpecCell? Source, SpecCell? Destination)
{
    /// <summary>
    /// Pairs the specs of two sides: first those that are equal, then those of the same platform, then those of the same digest; what is
    /// left stands alone. The source's order, then what only the destination has.
    /// </summary>
    internal static IReadOnlyList<SpecPair> Match(IReadOnlyList<SpecCell> source, IReadOnlyList<SpecCell> destination)
    {
        var partners = new SpecCell?[source.Count];
        var rest = new List<SpecCell>(destination);
        Match(source, partners, rest, spec => spec);
        Match(source, partners, rest, spec => spec.Platform);
        Match(source, partners, rest, spec => spec.Digest);
        return [.. source.Select((spec, index) => new SpecPair(spec, partners[index])), .. rest.Select(spec => new SpecPair(null, spec))];
    }

    private static void Match(IReadOnlyList<SpecCell> source, SpecCell?[] partners, List<SpecCell> rest, Func<SpecCell, object> key)
    {
        Dictionary<object, Queue<SpecCell>> waiting = rest.GroupBy(key).ToDictionary(group => group.Key, group => new Queue<SpecCell>(group));
        var taken = new HashSet<SpecCell>(ReferenceEqualityComparer.Instance);
        for (int index = 0; index < source.Count; index++)
        {
            if (partners[index] is not null || !waiting.TryGetValue(key(source[index]), out Queue<SpecCell>? queue)) continue;
            if (!queue.TryDequeue(out SpecCell? partner)) continue;
            partners[index] = partner;
            taken.Add(partner);
        }

        rest.RemoveAll(taken.Contains);
    }
}

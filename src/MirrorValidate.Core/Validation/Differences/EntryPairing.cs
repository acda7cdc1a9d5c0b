using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Pairs the entries of two lists: first those that are equal, then those that agree in fewer and fewer members, so
/// that each of two Windows versions of a platform is compared with its own counterpart. Lists are multisets. The time
/// is linear in their length.
/// </summary>
internal sealed class EntryPairing
{
    private readonly IReadOnlyList<ListEntry> _source;
    private readonly ListEntry?[] _partners;
    private List<ListEntry> _rest;

    private EntryPairing(IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination)
    {
        _source = source;
        _partners = new ListEntry?[source.Count];
        _rest = [.. destination];
    }

    /// <summary>The pairs in the source's order, then what only the destination has.</summary>
    internal static IReadOnlyList<(ListEntry? Source, ListEntry? Destination)> Match(
        IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination)
    {
        var pairing = new EntryPairing(source, destination);
        pairing.Match(entry => (entry.Identity, entry.Features));
        pairing.Match(entry => entry.Identity);
        pairing.Match(entry => (FullPlatform(entry), entry.Features));
        pairing.Match(FullPlatform);
        pairing.Match(entry => entry.Digest);
        // A new revision of the same Windows build.
        pairing.Match(entry => BuildOf(entry.Platform) is { } build ? (Cpu(entry), build) : null);
        // Members that one side leaves out.
        pairing.Match(entry => entry.Platform.OSVersion.Length == 0 ? Cpu(entry) : null, Cpu);
        pairing.Match(Cpu, entry => entry.Platform.OSVersion.Length == 0 ? Cpu(entry) : null);
        pairing.Match(entry => entry.Platform.Variant.Length == 0 ? Family(entry) : null, Family);
        pairing.Match(Family, entry => entry.Platform.Variant.Length == 0 ? Family(entry) : null);
        return
        [
            .. source.Select((entry, index) => ((ListEntry?)entry, pairing._partners[index])),
            .. pairing._rest.Select(entry => ((ListEntry?)null, (ListEntry?)entry)),
        ];
    }

    private void Match(Func<ListEntry, object?> key) => Match(key, key);

    private void Match(Func<ListEntry, object?> sourceKey, Func<ListEntry, object?> destinationKey)
    {
        if (_rest.Count == 0) return;
        var waiting = new Dictionary<object, Queue<int>>();
        for (int i = 0; i < _rest.Count; i++)
        {
            if (destinationKey(_rest[i]) is not { } key) continue;
            if (!waiting.TryGetValue(key, out Queue<int>? queue)) waiting[key] = queue = new Queue<int>();
            queue.Enqueue(i);
        }

        var taken = new HashSet<int>();
        for (int i = 0; i < _source.Count; i++)
        {
            if (_partners[i] is not null || sourceKey(_source[i]) is not { } key) continue;
            if (!waiting.TryGetValue(key, out Queue<int>? queue) || !queue.TryDequeue(out int partner)) continue;
            _partners[i] = _rest[partner];
            taken.Add(partner);
        }

        if (taken.Count > 0) _rest = [.. _rest.Where((_, i) => !taken.Contains(i))];
    }

    // All attestations state the same platform; the platform of their image distinguishes them.
    private static object? FullPlatform(ListEntry entry) => entry.Attests is not null
        ? entry.AttestedPlatform
        : (entry.Platform.Architecture, entry.Platform.OS, entry.Platform.Variant, entry.Platform.OSVersion);

    private static object? Cpu(ListEntry entry) => entry.IsOfPlatform
        ? (entry.Platform.Architecture, entry.Platform.OS, entry.Platform.Variant)
        : null;

    private static object? Family(ListEntry entry) => entry.IsOfPlatform
        ? (entry.Platform.Architecture, entry.Platform.OS, entry.Platform.OSVersion)
        : null;

    // 10.0.17763.5576: the fourth number changes with every monthly update.
    private static string? BuildOf(Platform platform)
    {
        string[] parts = platform.OSVersion.Split('.');
        return parts.Length == 4 ? string.Join('.', parts[..3]) : null;
    }
}

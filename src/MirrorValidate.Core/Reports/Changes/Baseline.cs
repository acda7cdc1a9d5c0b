using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Changes;

/// <summary>
/// The results of an earlier run, with which those of a later one are compared. An entry is known by source,
/// destination, tag and platform; a line that cannot be read by its text. An entry that a list has twice is compared
/// twice.
/// </summary>
/// <param name="spool">Keeps the earlier results.</param>
internal sealed class Baseline(ResultSpool spool)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Takes a result of the earlier run.</summary>
    internal void Add(MirrorImageResult result)
    {
        var entry = new Entry(spool.Add(result), HasPassed(result));
        string key = KeyOf(result);
        if (_entries.TryAdd(key, entry)) return;
        Entry first = _entries[key];
        first.Last.Next = entry;
        first.Last = entry;
    }

    /// <summary>Compares a result of the later run with that of the earlier one.</summary>
    /// <returns>The change; <see langword="null"/> for an entry that passed both times.</returns>
    internal EntryChange? Compare(MirrorImageResult result)
    {
        string key = KeyOf(result);
        if (!_entries.TryGetValue(key, out Entry? before)) return new EntryChange(MirrorChangeKind.New, Before: null);
        if (before.Next is null) _entries.Remove(key);
        else _entries[key] = before.Next;
        return (before.HasPassed, HasPassed(result)) switch
        {
            (true, true) => null,
            (true, false) => new EntryChange(MirrorChangeKind.NewlyFailed, before.Place),
            (false, true) => new EntryChange(MirrorChangeKind.Mended, before.Place),
            (false, false) => new EntryChange(MirrorChangeKind.StillFailed, before.Place),
        };
    }

    /// <summary>The entries that no result of the later run was compared with, in the earlier order.</summary>
    internal IEnumerable<EntryChange> Gone() => _entries.Values
        .SelectMany(entry => entry.All)
        .OrderBy(entry => entry.Place)
        .Select(entry => new EntryChange(MirrorChangeKind.Gone, entry.Place));

    private static bool HasPassed(MirrorImageResult result) => result.Status == nameof(ValidationStatus.Passed);

    private static string KeyOf(MirrorImageResult result) => result.Source.Length == 0
        ? result.Line
        : string.Join('\n', result.Source, result.Destination, result.Tag, result.Platform);

    // A class with a link instead of a list for each key: nearly all keys have one entry.
    private sealed class Entry(long place, bool hasPassed)
    {
        private Entry? _last;

        internal long Place => place;

        internal bool HasPassed => hasPassed;

        internal Entry? Next { get; set; }

        /// <summary>The last of those with the key; kept by the first of them while entries are added.</summary>
        internal Entry Last
        {
            get => _last ?? this;
            set => _last = value;
        }

        internal IEnumerable<Entry> All
        {
            get
            {
                for (Entry? one = this; one is not null; one = one.Next) yield return one;
            }
        }
    }
}

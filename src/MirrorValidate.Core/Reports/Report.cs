using MirrorValidate.Reports.Changes;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>
/// The results that a report is made of. They are kept in a file; in memory there is what is said of all together, and
/// a few bytes for each.
/// </summary>
/// <param name="spool">Keeps the results.</param>
/// <param name="baseline">
/// The results of an earlier run, in the same spool; <see langword="null"/> for none.
/// </param>
internal sealed class Report(ResultSpool spool, Baseline? baseline)
{
    private readonly List<Place> _places = [];
    private readonly Dictionary<string, int> _lists = new(StringComparer.Ordinal);
    private readonly List<string> _unreadLists = [];
    private readonly int[] _changes = new int[Enum.GetValues<MirrorChangeKind>().Length];
    private EntryChange[] _gone = [];

    /// <summary>What the report is called.</summary>
    internal required string Title { get; init; }

    /// <summary>When it was made, in local time.</summary>
    internal DateTime Created { get; init; } = DateTime.Now;

    /// <summary>
    /// The folder that lists are shown relative to, so that they are called the same on every machine.
    /// </summary>
    internal string Folder { get; init; } = "";

    /// <summary>What is said of all results together.</summary>
    internal ReportTally Tally { get; } = new();

    /// <summary>The files that the entries come from, in the order of their first; an empty one for none.</summary>
    internal IReadOnlyCollection<string> Lists => _lists.Keys;

    /// <summary>What is wrong with each list that could not be read.</summary>
    internal IReadOnlyList<string> UnreadLists => _unreadLists;

    /// <summary>Whether there is a baseline.</summary>
    internal bool HasBaseline => baseline is not null;

    internal ReportVerdict Verdict => Tally switch
    {
        { Failed: > 0 } => ReportVerdict.Failed,
        { Errors: > 0 } => ReportVerdict.NotProven,
        _ when _unreadLists.Count > 0 => ReportVerdict.NotProven,
        { Total: 0 } => ReportVerdict.NothingTested,
        _ => ReportVerdict.Passed,
    };

    /// <summary>Adds a result.</summary>
    internal void Add(MirrorImageResult result)
    {
        Tally.Add(result);
        EntryChange? change = baseline?.Compare(result);
        if (change is { } one) _changes[(int)one.Kind]++;
        if (!_lists.TryGetValue(result.Path, out int list)) _lists[result.Path] = list = _lists.Count;
        _places.Add(new Place(spool.Add(result), Enum.Parse<ValidationStatus>(result.Status), list, change));
    }

    /// <summary>What a list is called: its path, relative where it is in <see cref="Folder"/>.</summary>
    internal string NameOf(string list)
    {
        if (list.Length == 0) return "(no list file)";
        string name = list;
        if (Folder.Length > 0 && Path.IsPathFullyQualified(list) && Path.GetRelativePath(Folder, list) is var relative
            && !relative.StartsWith("..", StringComparison.Ordinal))
        {
            name = relative;
        }

        return ReportText.Clean(name.Replace('\\', '/'));
    }

    /// <summary>Adds a list that could not be read.</summary>
    /// <param name="problem">What is wrong with it.</param>
    internal void AddUnreadList(string problem) => _unreadLists.Add(problem);

    /// <summary>Notes that there are no more results.</summary>
    internal void Complete()
    {
        if (baseline is null) return;
        _gone = [.. baseline.Gone()];
        _changes[(int)MirrorChangeKind.Gone] = _gone.Length;
    }

    /// <summary>The number of entries with a change.</summary>
    internal int Count(MirrorChangeKind kind) => _changes[(int)kind];

    /// <summary>The entries of a status, in their order, read one by one.</summary>
    internal IEnumerable<ReportEntry> Read(ValidationStatus status) =>
        _places.Where(place => place.Status == status).Select(Read);

    /// <summary>The entries of a list, in their order, read one by one.</summary>
    /// <param name="list">Its index in <see cref="Lists"/>.</param>
    internal IEnumerable<ReportEntry> ReadList(int list) => _places.Where(place => place.List == list).Select(Read);

    /// <summary>All entries, in their order, read one by one.</summary>
    internal IEnumerable<ReportEntry> ReadAll() => _places.Select(Read);

    /// <summary>The entries with a change, read one by one; those that are gone in the order of the baseline.</summary>
    internal IEnumerable<ReportEntry> Read(MirrorChangeKind kind) => kind == MirrorChangeKind.Gone
        ? _gone.Select(change => new ReportEntry(spool.Read(change.Before!.Value), change.Kind, Before: null))
        : _places.Where(place => place.Change?.Kind == kind).Select(Read);

    private ReportEntry Read(Place place) => new(
        spool.Read(place.Result),
        place.Change?.Kind,
        place.Change?.Before is { } before ? spool.Read(before) : null);

    private readonly record struct Place(long Result, ValidationStatus Status, int List, EntryChange? Change);
}

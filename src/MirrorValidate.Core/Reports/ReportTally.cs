using System.Runtime.InteropServices;
using MirrorValidate.References;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>What a report says of all results together. Nothing in it grows with the results that passed.</summary>
internal sealed class ReportTally
{
    private readonly Dictionary<(string Reason, string Status), int> _reasons = [];
    private readonly Dictionary<string, RepositoryCount> _repositories = new(StringComparer.Ordinal);
    private readonly Dictionary<ValidationSettings, int> _settings = [];
    private readonly SortedSet<string> _sourceRegistries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _destinationRegistries = new(StringComparer.Ordinal);
    private readonly int[] _levels = new int[Enum.GetValues<ValidationDepth>().Length];
    private readonly HashSet<string> _shards = new(StringComparer.Ordinal);
    private DateTime _started = DateTime.MaxValue;

    internal int Passed { get; private set; }

    internal int Failed { get; private set; }

    /// <summary>The number of entries that could not be compared.</summary>
    internal int Errors { get; private set; }

    internal int Total => Passed + Failed + Errors;

    /// <summary>When the first validation began; <see langword="null"/> where no result says it.</summary>
    internal DateTime? Started => _started == DateTime.MaxValue ? null : _started;

    /// <summary>When the last validation ended.</summary>
    internal DateTime Ended { get; private set; }

    /// <summary>The time from the beginning of the first validation to the end of the last.</summary>
    internal TimeSpan Elapsed => Started is { } started ? Ended - started : TimeSpan.Zero;

    /// <summary>The number of HTTP requests.</summary>
    internal long Requests { get; private set; }

    /// <summary>How many manifests of the entries that passed were proven.</summary>
    internal long Manifests { get; private set; }

    /// <summary>How many configs and layers of the entries that passed were proven.</summary>
    internal long Blobs { get; private set; }

    /// <summary>How many bytes of the entries that passed were hashed.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The reasons of entries that did not pass, the most frequent first.</summary>
    internal IEnumerable<ReasonCount> Reasons => _reasons
        .Select(one => new ReasonCount(one.Key.Reason, one.Key.Status, one.Value))
        .OrderByDescending(one => one.Count).ThenBy(one => one.Reason, StringComparer.Ordinal);

    /// <summary>The destinations with entries that did not pass, those with most of them first.</summary>
    internal IEnumerable<RepositoryCount> Repositories => _repositories.Values
        .OrderByDescending(one => one.Failed + one.Errors).ThenBy(one => one.Name, StringComparer.Ordinal);

    /// <summary>The settings, those of most results first.</summary>
    internal IEnumerable<ValidationSettings> Settings =>
        _settings.OrderByDescending(one => one.Value).Select(one => one.Key);

    /// <summary>The shards that the results are of, <c>I/N</c>; none where they are of whole lists.</summary>
    internal IReadOnlyCollection<string> Shards => _shards;

    internal IReadOnlyCollection<string> SourceRegistries => _sourceRegistries;

    internal IReadOnlyCollection<string> DestinationRegistries => _destinationRegistries;

    /// <summary>How many entries passed at each depth, the lowest first.</summary>
    internal IEnumerable<(ValidationDepth Level, int Count)> Levels =>
        _levels.Select((count, level) => ((ValidationDepth)level, count)).Where(one => one.count > 0);

    internal void Add(MirrorImageResult result)
    {
        if (result.Status == nameof(ValidationStatus.Passed)) AddPassed(result.Proof);
        else AddOther(result);
        CollectionsMarshal.GetValueRefOrAddDefault(_settings, result.Settings, out _)++;
        if (result.Shard.Length > 0) _shards.Add(result.Shard);
        AddRegistry(_sourceRegistries, result.Source);
        AddRegistry(_destinationRegistries, result.Destination);
        Requests += result.RequestCount;
        if (result.Time == default) return;
        // To the millisecond: what is shorter says nothing of a run.
        DateTime ended = result.Time.AddTicks(-(result.Time.Ticks % TimeSpan.TicksPerMillisecond));
        if (ended > Ended) Ended = ended;
        TimeSpan duration = TimeSpan.FromMilliseconds(Math.Round(result.Duration.TotalMilliseconds));
        DateTime started = ended.Ticks > duration.Ticks ? ended - duration : ended;
        if (started < _started) _started = started;
    }

    /// <summary>The registry or the store that a source or destination is in.</summary>
    internal static string RegistryOf(string name)
    {
        try
        {
            if (StoreLocation.TryParse(name, out StoreLocation? store, out _)) return store.ToString();
        }
        catch (FormatException)
        {
            // A result that was not made by Test-MirrorImage may say anything.
        }

        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? name : name[..slash];
    }

    private void AddPassed(MirrorProof proof)
    {
        Passed++;
        if (Enum.TryParse(proof.Level, out ValidationDepth level)) _levels[(int)level]++;
        Manifests += proof.Manifests;
        Blobs += proof.Blobs;
        Bytes += proof.Bytes;
    }

    private void AddOther(MirrorImageResult result)
    {
        bool isFailed = result.Status == nameof(ValidationStatus.Failed);
        if (isFailed) Failed++;
        else Errors++;
        CollectionsMarshal.GetValueRefOrAddDefault(_reasons, (result.Reason, result.Status), out _)++;
        string repository = result.Destination.Length > 0 ? result.Destination : "(lines that cannot be read)";
        ref RepositoryCount? count = ref CollectionsMarshal.GetValueRefOrAddDefault(_repositories, repository, out _);
        count ??= new RepositoryCount(repository, 0, 0);
        count = isFailed ? count with { Failed = count.Failed + 1 } : count with { Errors = count.Errors + 1 };
    }

    private static void AddRegistry(SortedSet<string> registries, string name)
    {
        if (name.Length > 0) registries.Add(RegistryOf(name));
    }

    /// <summary>How often a reason was given.</summary>
    internal sealed record ReasonCount(string Reason, string Status, int Count);

    /// <summary>How many entries of a repository did not pass.</summary>
    internal sealed record RepositoryCount(string Name, int Failed, int Errors);
}

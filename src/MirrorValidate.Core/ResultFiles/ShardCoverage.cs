using MirrorValidate.ImageLists.Sharding;

namespace MirrorValidate.ResultFiles;

/// <summary>Which shards of a list result files are of: whether they make a whole.</summary>
internal sealed class ShardCoverage
{
    private readonly List<(string Path, HashSet<string> Shards)> _files = [];

    /// <summary>Begins a file.</summary>
    internal void Begin(string path) => _files.Add((path, []));

    /// <summary>Adds the shard of a result of the file; empty for none.</summary>
    internal void Add(string shard)
    {
        if (shard.Length > 0) _files[^1].Shards.Add(shard);
    }

    /// <summary>What is not right with them; nothing where they are whole, or of whole lists.</summary>
    internal IEnumerable<string> FindProblems()
    {
        Shard[] all = [.. _files.SelectMany(file => file.Shards).Distinct().Select(Shard.TryParse).OfType<Shard>()];
        if (all.Length == 0) return [];
        int[] counts = [.. all.Select(shard => shard.Count).Distinct().Order()];
        return counts.Length > 1
            ? [$"the shards are of different splits: of {string.Join(", of ", counts)}"]
            : [.. FindMissing(all), .. FindDoubled()];
    }

    // A file without results is that of a shard without entries: a short list has fewer than there are shards.
    private IEnumerable<string> FindMissing(Shard[] all)
    {
        int count = all[0].Count;
        int[] missing = [.. Enumerable.Range(1, count).Except(all.Select(shard => shard.Index))];
        if (missing.Length <= _files.Count(file => file.Shards.Count == 0)) yield break;
        string shown = string.Join(", ", missing.Take(10).Select(index => $"{index}/{count}"));
        yield return missing.Length == 1
            ? $"shard {shown} is missing"
            : $"shards {shown}{(missing.Length > 10 ? $" and {missing.Length - 10} more" : "")} are missing";
    }

    private IEnumerable<string> FindDoubled() => _files
        .SelectMany(file => file.Shards, (file, shard) => (file.Path, Shard: shard))
        .GroupBy(one => one.Shard, one => one.Path)
        .Where(shard => shard.Count() > 1)
        .Select(shard => $"shard {shard.Key} is in several files: {string.Join(", ", shard)}");
}

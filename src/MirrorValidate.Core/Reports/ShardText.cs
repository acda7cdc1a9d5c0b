using MirrorValidate.ImageLists.Sharding;

namespace MirrorValidate.Reports;

/// <summary>Says of which shards the results of a report are, so that a part is not taken for the whole.</summary>
internal static class ShardText
{
    /// <summary>The shards in words: <c>all 4</c>, or <c>1/4, 3/4: not of the whole list</c>.</summary>
    /// <param name="shards">The shards, <c>I/N</c>.</param>
    internal static string Of(IReadOnlyCollection<string> shards)
    {
        Shard[] all =
        [
            .. shards.Select(Shard.TryParse).OfType<Shard>()
                .OrderBy(shard => shard.Count).ThenBy(shard => shard.Index),
        ];
        if (all.Length == 0) return ReportText.Clean(string.Join(", ", shards));
        return all.Length == all[0].Count && all[^1].Count == all[0].Count
            ? $"all {all.Length}"
            : $"{string.Join(", ", all.Select(shard => shard.ToString()))}: not of the whole list";
    }
}

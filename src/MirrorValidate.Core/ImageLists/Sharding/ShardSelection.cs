using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Sharding;

/// <summary>
/// Chooses the entries of a shard. Which shard an entry is in depends on the set of entries alone: not on their order,
/// nor on the machine. The entries are laid out in the order of a hash and cut into equal pieces, so that the shards
/// differ by one entry at most, and a change of the list moves few entries.
/// </summary>
/// <param name="shard">The shard.</param>
/// <param name="settings">What completes the entries to references.</param>
/// <param name="byRepository">
/// Whether the images of one destination repository stay together, so that only one machine reads their blobs. The
/// shards are then as even as that allows.
/// </param>
internal sealed class ShardSelection(Shard shard, MirrorSettings settings, bool byRepository)
{
    private readonly List<(ImageListEntry Entry, UInt128 Group)> _entries = [];

    /// <summary>The number of entries so far, of all shards.</summary>
    internal int Count => _entries.Count;

    /// <summary>Adds an entry of the list.</summary>
    internal void Add(ImageListEntry entry) => _entries.Add((entry, GroupOf(entry)));

    /// <summary>The entries of the shard, in their order. Called when all were added.</summary>
    internal IReadOnlyList<ImageListEntry> Select()
    {
        HashSet<UInt128> groups = SelectGroups();
        return [.. _entries.Where(one => groups.Contains(one.Group)).Select(one => one.Entry)];
    }

    // A group is in the shard that its middle is in.
    private HashSet<UInt128> SelectGroups()
    {
        HashSet<UInt128> selected = [];
        long before = 0;
        foreach (IGrouping<UInt128, UInt128> group in _entries.Select(one => one.Group).GroupBy(one => one)
            .OrderBy(group => group.Key))
        {
            int size = group.Count();
            long index = ((2 * before) + size) * shard.Count / (2L * _entries.Count);
            if (index == shard.Index - 1) selected.Add(group.Key);
            before += size;
        }

        return selected;
    }

    private UInt128 GroupOf(ImageListEntry entry)
    {
        try
        {
            if (entry.Open is { } open) return GroupOf(entry, open.Repository);
            if (entry.Image is { } image) return GroupOf(image);
        }
        catch (ImageListException)
        {
            // An entry that cannot be read is in a shard as well, which reports it.
        }

        return TextHash.Of(entry.Origin.Text);
    }

    private UInt128 GroupOf(MirrorImage image)
    {
        (ImageReference from, ImageReference to) = image.Resolve(settings);
        return byRepository
            ? TextHash.Of(to.Name)
            : TextHash.Of(from.Name, to.Name, image.Tag, image.Platform ?? "");
    }

    // What is chosen of one repository stays together: a tag that two expressions choose is validated once.
    private UInt128 GroupOf(ImageListEntry entry, OpenRepository repository)
    {
        MirrorImage image = MirrorImage.Create(entry.Origin, repository.Source, repository.Destination, tag: null);
        (ImageReference from, ImageReference to) = image.Resolve(settings);
        return byRepository ? TextHash.Of(to.Name) : TextHash.Of(from.Name, to.Name);
    }
}

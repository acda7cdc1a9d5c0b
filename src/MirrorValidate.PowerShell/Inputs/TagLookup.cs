using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.OpenTags;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.Registries;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>Puts tags into the entries of a list that leave them to the source's registry, one entry at a time.</summary>
/// <param name="pipeline">The pipeline thread, which waits for the registry.</param>
/// <param name="log">Says which tags were found.</param>
/// <param name="timeout">The time for all requests of an entry.</param>
/// <param name="resolver">Asks the registry.</param>
internal sealed class TagLookup(PipelineThread pipeline, ILogSink log, TimeSpan timeout, TagResolver resolver)
{
    private readonly WorkPump<IReadOnlyList<ImageListEntry>> _pump = new(pipeline, limit: 1);

    /// <summary>The entries that an entry stands for; itself if it names its tag.</summary>
    internal IEnumerable<ImageListEntry> Resolve(ImageListEntry entry)
    {
        if (entry.Tags is null) return [entry];
        var context = new RequestContext(log, timeout, entry.Id);
        return _pump.Start(token => resolver.ResolveAsync(entry, context, token))
            .Concat(_pump.ReadAll())
            .SelectMany(entries => entries);
    }
}

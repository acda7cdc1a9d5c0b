using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.PowerShell.Pipeline;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>Expands the entries of lists that leave their tags to the source, one after the other.</summary>
/// <param name="pipeline">The pipeline thread, which waits for the tags.</param>
/// <param name="expander">Asks for the tags.</param>
internal sealed class TagExpansion(PipelineThread pipeline, TagExpander expander)
{
    /// <summary>The entries that an entry stands for.</summary>
    internal IReadOnlyList<ImageListEntry> Expand(ImageListEntry entry) =>
        entry.Open is null ? [entry] : pipeline.Await(token => expander.ExpandAsync(entry, token));
}

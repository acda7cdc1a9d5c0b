using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.ImageLists.OpenTags;

/// <summary>Puts the tags that the source's registry lists into entries that leave them to it.</summary>
/// <param name="source">Asks the registries of the sources.</param>
/// <param name="settings">The registry and project that replace those of the sources.</param>
internal sealed class TagResolver(RegistryClient source, MirrorSettings settings)
{
    /// <summary>The entries that an entry stands for: itself, or one for each tag that its list means.</summary>
    /// <returns>What is wrong with the tags is an entry that cannot be read.</returns>
    internal async Task<IReadOnlyList<ImageListEntry>> ResolveAsync(
        ImageListEntry entry, RequestContext context, CancellationToken cancellationToken)
    {
        if (entry.Tags is not { } open) return [entry];
        try
        {
            ImageReference repository = MirrorImage.Create(entry.Origin, open.Source, null, "latest").SourceIn(settings);
            var tags = new List<string>();
            await foreach (string tag in source.ListTagsAsync(repository, context, cancellationToken)
                .ConfigureAwait(false))
            {
                tags.Add(tag);
            }

            IReadOnlyList<string> chosen = open.Choice.Select(tags);
            context.Log(
                LogLevel.Information,
                () => $"tags of [{repository.Name}]: {chosen.Count} of {tags.Count} ({Printable.Of(open.Choice.Text)})");
            return chosen.Count > 0
                ? [.. chosen.Where(tag => !open.Choice.Except(tag)).Select(tag => Make(entry, open, tag))]
                : [Refuse(entry, $"none of the {tags.Count} tags of {repository.Name} is meant by {open.Choice.Text}")];
        }
        catch (ImageListException e)
        {
            return [entry with { Error = e, Tags = null }];
        }
        catch (RegistryException e)
        {
            string problem = $"the tags of {open.Source} are not known: {e.Message}";
            return [entry with { Error = new ImageListException(entry.Origin, problem, e), Tags = null }];
        }
    }

    private static ImageListEntry Make(ImageListEntry entry, OpenTags open, string tag)
    {
        try
        {
            return ImageListEntry.Of(
                entry.Id,
                MirrorImage.Create(entry.Origin, open.Source, open.Destination, tag, open.Platform).AsLine());
        }
        catch (ImageListException e)
        {
            return entry with { Error = e, Tags = null };
        }
    }

    private static ImageListEntry Refuse(ImageListEntry entry, string problem) =>
        entry with { Error = new ImageListException(entry.Origin, problem), Tags = null };
}

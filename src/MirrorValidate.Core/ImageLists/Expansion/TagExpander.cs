using MirrorValidate.ImageLists.Formats;
using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.ImageLists.Expansion;

/// <summary>
/// Replaces the entries of lists that leave their tags to the source's registry by an entry for each tag. Not for
/// concurrent use.
/// </summary>
/// <param name="source">Lists the tags of sources.</param>
/// <param name="settings">Completes the names of sources.</param>
/// <param name="log">Takes how many tags were found.</param>
/// <param name="timeout">The timeout for listing the tags of a repository.</param>
internal sealed class TagExpander(IImageReader source, MirrorSettings settings, ILogSink log, TimeSpan timeout)
{
    // Of the last repository only, since a list has the expressions of one next to each other.
    private string _name = "";
    private Task<IReadOnlyList<string>> _tags = Task.FromResult<IReadOnlyList<string>>([]);
    private OpenRepository? _repository;
    private HashSet<string> _taken = [];

    /// <summary>
    /// The entries that an entry stands for, in the order of the registry; most stand for themselves.
    /// </summary>
    /// <remarks>
    /// Where the tags cannot be listed, or none is selected, it is the entry with that error. A tag of a repository
    /// that several expressions select is only in the first.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal async Task<IReadOnlyList<ImageListEntry>> ExpandAsync(
        ImageListEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Open is not { } open) return [entry];
        var context = new RequestContext(log, timeout);
        try
        {
            ImageReference reference = MirrorImage.Create(entry.Origin, open.Repository.Source, null, null)
                .SourceIn(settings);
            IReadOnlyList<string> all =
                await ListAsync(reference, context, cancellationToken).ConfigureAwait(false);
            string[] selected = [.. open.Choice.Select(all)];
            string tags = $"tags {open.Choice.Description}".TrimEnd();
            context.Log(
                LogLevel.Information, () => $"expand {reference.Name}: {selected.Length} of {all.Count} {tags}");
            if (selected.Length == 0)
            {
                throw new RegistryException(
                    RegistryFault.NotFound, $"{reference.Name} has no {tags} (it has {all.Count})");
            }

            var entries = new EntryMaker(entry.Origin.Path);
            return
            [
                .. selected.Where(tag => Take(open.Repository, tag)).Select(tag => entries.Make(
                    entry.Origin.Number,
                    open.Repository.Source,
                    open.Repository.Destination,
                    tag,
                    open.Repository.Platform)),
            ];
        }
        catch (RegistryException e)
        {
            return [entry with { Open = null, Error = new ImageListException(entry.Origin, e.Message, e) }];
        }
        catch (ImageListException e)
        {
            return [entry with { Open = null, Error = e }];
        }
    }

    private Task<IReadOnlyList<string>> ListAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        if (_name == reference.Name) return _tags;
        _name = reference.Name;
        return _tags = ReadAsync(reference, context, cancellationToken);
    }

    private bool Take(OpenRepository repository, string tag)
    {
        if (!ReferenceEquals(repository, _repository))
            (_repository, _taken) = (repository, new HashSet<string>(repository.NamedTags, StringComparer.Ordinal));
        return _taken.Add(tag);
    }

    private async Task<IReadOnlyList<string>> ReadAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        await foreach (IReadOnlyList<string> page in source.ListTagsAsync(reference, context, cancellationToken)
            .ConfigureAwait(false))
        {
            tags.AddRange(page);
        }

        return tags;
    }
}

using System.Diagnostics;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Stores.Saving;

/// <summary>
/// Saves what the validation of an entry needs of its source: its manifests and the configs of its images, of all
/// platforms, and no layers.
/// </summary>
/// <param name="source">Reads the sources.</param>
/// <param name="layout">Takes what was read.</param>
/// <param name="options">What completes the entries, and the time for one.</param>
/// <param name="log">Takes log lines.</param>
internal sealed class SourceSaver(IImageReader source, SparseLayout layout, SavingOptions options, ILogSink log)
{
    private const int Concurrency = 8;

    /// <summary>Saves the source of an entry. Whatever goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The store may not be written.</exception>
    internal async Task<SavedSource> SaveAsync(ImageListEntry entry, CancellationToken cancellationToken)
    {
        var context = new RequestContext(log, options.Timeout, entry.Id);
        long started = Stopwatch.GetTimestamp();
        ImageReference? from = null;
        Manifest? manifest = null;
        long bytes = 0;
        Verdict? verdict = null;
        try
        {
            from = entry.Image is { } image ? image.SourceIn(options.Mirror) : throw entry.Error!;
            if (from.Repository.Length == 0)
                throw new ImageListException(entry.Origin, $"{from.Name} names no repository: write its full name");
            manifest = await source.GetManifestAsync(from, context, cancellationToken).ConfigureAwait(false);
            if (manifest is UnknownManifest unknown)
            {
                verdict = Verdict.Of(
                    [Finding.Of(ValidationReason.SourceUnsupported, Printable.Of(unknown.MediaType))]);
            }
            else
            {
                bytes = await SaveAsync(from, manifest, context, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ImageListException e)
        {
            verdict = Verdict.OfEntry(e);
        }
        catch (RegistryException e)
        {
            ImageSide? read = manifest is null
                ? null
                : new ImageSide(from!, manifest, Platform: null, PlatformSelection.All);
            verdict = Verdict.Of([UnreadSide.OfSource(e, read)]);
        }
        catch (Exception e) when (!EndsRun(e, cancellationToken))
        {
            verdict = Verdict.Error(ValidationReason.InternalError, e, e.GetType().Name, e.Message);
        }

        return new SavedSource
        {
            Id = entry.Id,
            Status = verdict is null ? "Saved" : nameof(ValidationStatus.Error),
            Reason = (verdict?.Reason ?? ValidationReason.None).ToString(),
            Message = context.Redact(verdict?.Message ?? ""),
            Source = from?.Name ?? "",
            Tag = from is null ? "" : entry.Image!.Tag,
            Digest = manifest?.Digest.ToString() ?? "",
            MediaType = context.Redact(manifest?.MediaType ?? ""),
            Bytes = bytes,
            Line = entry.Origin.Text,
            LineNumber = entry.Origin.Number,
            Path = entry.Origin.Path ?? "",
            Duration = Stopwatch.GetElapsedTime(started),
            RequestCount = context.RequestCount,
            Exception = verdict?.Exception,
        };
    }

    private async Task<long> SaveAsync(
        ImageReference from, Manifest manifest, RequestContext context, CancellationToken cancellationToken)
    {
        var work = new SavingOf(source, layout, from, context);
        var name = new ImageReference(from.Registry, from.Repository, from.Tag, from.Digest);
        List<LayoutEntry> entries =
            [LayoutEntry.Of(manifest, name.Digest is { } digest ? name.WithDigest(digest) : name)];
        await work.AddAsync(manifest, nesting: 0, cancellationToken).ConfigureAwait(false);
        // A pinned tag may point elsewhere by now, which a validation tells.
        if (from is { Tag: { } tag, Digest: not null }
            && await work.FindAsync(from.WithTag(tag), cancellationToken).ConfigureAwait(false) is { } tagged)
        {
            entries.Add(LayoutEntry.Of(tagged, name.WithTag(tag)));
            await work.AddAsync(tagged, nesting: 0, cancellationToken).ConfigureAwait(false);
        }

        if (options.IncludeReferrer)
        {
            IReadOnlyList<Digest> subjects = [manifest.Digest, .. ChildrenOf(manifest)];
            var found = new IReadOnlyList<LayoutEntry>[subjects.Count];
            await Concurrently.ForAsync(
                subjects.Count,
                Concurrency,
                async i => found[i] = await work.AddReferrersAsync(subjects[i], cancellationToken)
                    .ConfigureAwait(false)).ConfigureAwait(false);
            entries.AddRange(found.SelectMany(one => one));
        }

        // Only now, so that what the index lists is in the store.
        layout.Add(entries);
        return work.Bytes;
    }

    // What cannot be written concerns all entries.
    private static bool EndsRun(Exception e, CancellationToken cancellationToken) =>
        e is IOException or UnauthorizedAccessException
        || (e is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static IEnumerable<Digest> ChildrenOf(Manifest manifest) =>
        manifest is ManifestIndex index ? index.Entries.Select(entry => entry.Digest).Distinct() : [];
}

using System.Collections.Concurrent;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Completeness;

namespace MirrorValidate.Stores.Saving;

/// <summary>Saves the manifests and configs of one entry.</summary>
/// <param name="source">Reads the sources.</param>
/// <param name="layout">Takes what was read.</param>
/// <param name="image">The source.</param>
/// <param name="context">The request context of the entry.</param>
internal sealed class SavingOf(
    IImageReader source, SparseLayout layout, ImageReference image, RequestContext context)
{
    private const int Concurrency = 16;

    // Indexes may list the same manifests again and again, many levels deep.
    private readonly ConcurrentDictionary<Digest, bool> _seen = new();

    private long _bytes;

    /// <summary>The number of bytes that were new to the store.</summary>
    internal long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Saves a manifest, what it lists, and the configs of images.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="nesting">How many indexes it lies in.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="RegistryException">Something could not be read. What is missing is left out.</exception>
    internal async Task AddAsync(Manifest manifest, int nesting, CancellationToken cancellationToken)
    {
        await AddAsync(manifest.Digest, manifest.Content, cancellationToken).ConfigureAwait(false);
        if (manifest is ImageManifest { IsImage: true } single)
        {
            await AddConfigAsync(single.Config, isNeeded: nesting == 0, cancellationToken).ConfigureAwait(false);
        }

        if (manifest is not ManifestIndex index) return;
        if (nesting == source.Limits.IndexNesting)
        {
            throw new RegistryException(
                RegistryFault.ResponseTooLarge,
                $"{image.Name}: indexes lie in indexes more than {source.Limits.IndexNesting} deep");
        }

        Digest[] children =
        [
            .. index.Entries.Where(entry => !MediaTypes.IsBlob(entry.MediaType))
                .Select(entry => entry.Digest).Where(digest => _seen.TryAdd(digest, true)),
        ];
        await Concurrently.ForAsync(
            children.Length,
            Concurrency,
            async i =>
            {
                // What the source does not have cannot be mirrored either; a validation tells what that means.
                Manifest? found =
                    await FindAsync(image.WithDigest(children[i]), cancellationToken).ConfigureAwait(false);
                if (found is { } child)
                    await AddAsync(child, nesting + 1, cancellationToken).ConfigureAwait(false);
                else
                    context.Log(LogLevel.Warning, () => $"{image.Name}@{children[i]} is not at the source");
            }).ConfigureAwait(false);
    }

    /// <summary>Saves the referrers of a manifest, and what lies under cosign's tags for it.</summary>
    /// <returns>Their entries.</returns>
    internal async Task<IReadOnlyList<LayoutEntry>> AddReferrersAsync(
        Digest subject, CancellationToken cancellationToken)
    {
        var entries = new List<LayoutEntry>();
        IReadOnlyList<Descriptor> referrers = await source
            .ListReferrersAsync(image.WithDigest(subject), context, cancellationToken).ConfigureAwait(false);
        foreach (Digest digest in referrers.Select(referrer => referrer.Digest).Distinct())
        {
            if (await FindAsync(image.WithDigest(digest), cancellationToken).ConfigureAwait(false) is not { } referrer)
                continue;
            await AddAsync(referrer, nesting: 0, cancellationToken).ConfigureAwait(false);
            entries.Add(LayoutEntry.OfReferrer(referrer));
        }

        if (subject.Algorithm != "sha256") return entries;
        foreach ((string suffix, DifferenceKind _) in ReferrerKind.CosignTags)
        {
            ImageReference tag = image.WithTag($"sha256-{subject.Encoded}.{suffix}");
            if (await FindAsync(tag, cancellationToken).ConfigureAwait(false) is not { } signature) continue;
            await AddAsync(signature, nesting: 0, cancellationToken).ConfigureAwait(false);
            entries.Add(LayoutEntry.Of(signature, tag));
        }

        return entries;
    }

    /// <summary>Reads a manifest that may not exist.</summary>
    internal Task<Manifest?> FindAsync(ImageReference reference, CancellationToken cancellationToken) =>
        source.FindManifestAsync(reference, context, cancellationToken);

    // The config of a single image states its platform; that of one in a list only explains differences.
    private async Task AddConfigAsync(Descriptor descriptor, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            ImageConfig config = await source
                .GetConfigAsync(image, descriptor, context, cancellationToken).ConfigureAwait(false);
            await AddAsync(descriptor.Digest, config.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.ProvesAbsence && !isNeeded)
        {
            context.Log(LogLevel.Warning, () => $"a config is not at the source: {e.Message}");
        }
    }

    private async Task AddAsync(Digest digest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Interlocked.Add(ref _bytes, await layout.AddAsync(digest, content, cancellationToken).ConfigureAwait(false));
}

using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>
/// Checks the manifests of a destination's list and of indexes nested in it (OCI image-spec, image-index.md: an entry
/// may be an index). Each digest is checked once.
/// </summary>
/// <param name="destination">Reads the destinations.</param>
/// <param name="image">The destination.</param>
/// <param name="platforms">Which entries of a nested index take part.</param>
/// <param name="depth">Below <see cref="ValidationDepth.Blob"/>, manifests only need to exist; otherwise they are
/// read. At <see cref="ValidationDepth.List"/>, nested indexes are not descended.</param>
/// <param name="entryCheck">Checks what the entries state.</param>
/// <param name="context">The request context of the entry.</param>
internal sealed class ManifestWalk(
    IImageReader destination,
    ImageReference image,
    PlatformSelection platforms,
    ValidationDepth depth,
    EntryCheck entryCheck,
    RequestContext context)
{
    /// <summary>
    /// How many manifests of a list are looked up concurrently.
    /// </summary>
    private const int Concurrency = 32;

    private readonly HashSet<Digest> _seen = [];
    private readonly List<ManifestNeeds> _found = [];
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _stated = [];
    private int _blobs;

    /// <summary>What was found, in the order of the list; the entries of nested indexes come last.</summary>
    internal IReadOnlyList<ManifestNeeds> Found => _found;

    /// <summary>What is missing or not known, in the same order.</summary>
    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>What entries state and is not so, in the same order.</summary>
    internal IReadOnlyList<Finding> Stated => _stated;

    /// <summary>Checks the entries and, level by level, those of nested indexes.</summary>
    internal async Task RunAsync(IEnumerable<Descriptor> entries, CancellationToken cancellationToken)
    {
        List<ListedManifest> level = [.. entries.GroupBy(entry => entry.Digest).Select(Listed)];
        _seen.UnionWith(level.Select(listed => listed.Digest));
        for (int nesting = 0; level.Count > 0; nesting++)
        {
            if (nesting > destination.Limits.IndexNesting)
            {
                Note(level[0], TooLarge($"indexes lie in indexes more than {destination.Limits.IndexNesting} deep"));
                return;
            }

            if (_seen.Count > ManifestReader.MaximumEntries)
            {
                Note(
                    level[0],
                    TooLarge($"the indexes have more than {ManifestReader.MaximumEntries} entries together"));
                return;
            }

            level = await LookAsync(level, cancellationToken).ConfigureAwait(false);
        }
    }

    private ListedManifest Listed(IEnumerable<Descriptor> same)
    {
        Descriptor[] entries = [.. same];
        return new ListedManifest(entries, entries[0].Platform, entries.All(entryCheck.IsCopied));
    }

    private async Task<List<ListedManifest>> LookAsync(List<ListedManifest> level, CancellationToken cancellationToken)
    {
        var looks = new Look?[level.Count];
        var faults = new RegistryException?[level.Count];
        await Concurrently.ForAsync(
            level.Count,
            Concurrency,
            async i =>
            {
                try
                {
                    looks[i] = await LookAsync(level[i], cancellationToken).ConfigureAwait(false);
                }
                catch (RegistryException e)
                {
                    faults[i] = e;
                }
            }).ConfigureAwait(false);

        var below = new List<ListedManifest>();
        for (int i = 0; i < level.Count; i++)
        {
            if (faults[i] is { } fault) Note(level[i], fault);
            if (looks[i] is not { } look) continue;
            _found.Add(look.Needs);
            if (look.Head is { } head) _stated.AddRange(entryCheck.Judge(level[i], head));
            if (depth > ValidationDepth.List) below.AddRange(Below(look.Needs));
        }

        return below;
    }

    // A nested index of the same digest is the source's, entries and all.
    private IEnumerable<ListedManifest> Below(ManifestNeeds index) => index.Children
        .Where(child => platforms.Includes(child.Platform) && _seen.Add(child.Digest))
        .Select(child => new ListedManifest([child], child.Platform ?? index.Platform, AreCopied: true));

    private async Task<Look> LookAsync(ListedManifest listed, CancellationToken cancellationToken)
    {
        bool isBlob = listed.MayBeBlob && MediaTypes.IsBlob(listed.First.MediaType);
        if (isBlob && await HasBlobAsync(listed, cancellationToken).ConfigureAwait(false)) return LookOfBlob(listed);
        try
        {
            return await LookForManifestAsync(listed, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.ProvesAbsence && listed.MayBeBlob)
        {
            // Where its type is a blob's, it is missing as a blob. BlobWalk says so.
            if (isBlob || await HasBlobAsync(listed, cancellationToken).ConfigureAwait(false))
                return LookOfBlob(listed);
            throw;
        }
    }

    private static Look LookOfBlob(ListedManifest listed) =>
        new(ManifestNeeds.OfBlob(listed.Entries, listed.Platform), Head: null);

    private async Task<bool> HasBlobAsync(ListedManifest listed, CancellationToken cancellationToken)
    {
        BlobState state = await destination
            .FindBlobAsync(image, listed.First, context, cancellationToken).ConfigureAwait(false);
        return state.Problem != BlobProblem.Missing;
    }

    private async Task<Look> LookForManifestAsync(ListedManifest listed, CancellationToken cancellationToken)
    {
        ImageReference reference = image.WithDigest(listed.Digest);
        // Where the source says something else of it, its bytes decide.
        bool isRead = depth >= ValidationDepth.Blob
            || !listed.AreCopied
            || MediaTypes.IsIndex(listed.First.MediaType);
        if (!isRead)
        {
            ManifestHead head = await destination
                .CheckManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            return new Look(ManifestNeeds.Of(null, listed.Platform), head);
        }

        Manifest manifest =
            await destination.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        bool needsContent = depth >= ValidationDepth.Blob || manifest is ManifestIndex;
        ManifestNeeds needs = ManifestNeeds.Of(needsContent ? manifest : null, listed.Platform);
        return Interlocked.Add(ref _blobs, needs.Blobs.Count) <= destination.Limits.Blobs
            ? new Look(needs, ManifestHead.Of(manifest, reference.Identifier))
            : throw TooLarge($"the images have more than {destination.Limits.Blobs} layers together");
    }

    private RegistryException TooLarge(string what) => new(RegistryFault.ResponseTooLarge, $"{image.Name}: {what}");

    private void Note(ListedManifest listed, RegistryException fault)
    {
        string digest = listed.Digest.ToString();
        var difference = new Difference(DifferenceKind.ManifestMissing, ListEntry.TextOf(listed.Platform), digest, "");
        string platform = listed.Platform is { } stated ? $" ({Printable.Of(stated.ToString())})" : "";
        Finding missing = Finding.Of(FindingTarget.Manifest, difference, $"{image.Name}@{digest}{platform}");
        _findings.Add(Finding.Of(fault, missing with { Answer = fault.Message }));
    }

    /// <summary>What was found of a listed manifest. Of a blob there is no head.</summary>
    private sealed record Look(ManifestNeeds Needs, ManifestHead? Head);
}

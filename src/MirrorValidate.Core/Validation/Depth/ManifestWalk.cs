using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>
/// Checks the manifests of a destination's list and of indexes nested in it (OCI image-spec, image-index.md: an entry
/// may be an index). Each digest is checked once.
/// </summary>
/// <param name="destination">Reads the destinations.</param>
/// <param name="image">The destination.</param>
/// <param name="architectures">Which entries of a nested index take part.</param>
/// <param name="depth">Below <see cref="ValidationDepth.Blob"/>, manifests only need to exist; otherwise they are
/// read.</param>
/// <param name="context">The request context of the entry.</param>
internal sealed class ManifestWalk(
    IImageReader destination,
    ImageReference image,
    ArchitectureSelection architectures,
    ValidationDepth depth,
    RequestContext context)
{
    /// <summary>
    /// How many manifests of a list are looked up concurrently.
    /// </summary>
    private const int Concurrency = 32;

    private readonly HashSet<Digest> _seen = [];
    private readonly List<ManifestNeeds> _found = [];
    private readonly List<Finding> _findings = [];
    private int _blobs;

    /// <summary>What was found, in the order of the list; the entries of nested indexes come last.</summary>
    internal IReadOnlyList<ManifestNeeds> Found => _found;

    /// <summary>What is missing or not known, in the same order.</summary>
    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Checks the entries and, level by level, those of nested indexes.</summary>
    internal async Task RunAsync(IEnumerable<Descriptor> entries, CancellationToken cancellationToken)
    {
        List<Entry> level =
            [.. entries.Where(entry => _seen.Add(entry.Digest)).Select(entry => new Entry(entry, entry.Platform))];
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

    private async Task<List<Entry>> LookAsync(List<Entry> level, CancellationToken cancellationToken)
    {
        var needs = new ManifestNeeds?[level.Count];
        var faults = new RegistryException?[level.Count];
        await Concurrently.ForAsync(
            level.Count,
            Concurrency,
            async i =>
            {
                try
                {
                    needs[i] = await LookAsync(level[i], cancellationToken).ConfigureAwait(false);
                }
                catch (RegistryException e)
                {
                    faults[i] = e;
                }
            }).ConfigureAwait(false);

        var below = new List<Entry>();
        for (int i = 0; i < level.Count; i++)
        {
            if (faults[i] is { } fault) Note(level[i], fault);
            if (needs[i] is not { } found) continue;
            _found.Add(found);
            below.AddRange(found.Children
                .Where(child => architectures.Includes(child.Platform) && _seen.Add(child.Digest))
                .Select(child => new Entry(child, child.Platform ?? found.Platform)));
        }

        return below;
    }

    private async Task<ManifestNeeds> LookAsync(Entry entry, CancellationToken cancellationToken)
    {
        ImageReference reference = image.WithDigest(entry.Descriptor.Digest);
        if (depth < ValidationDepth.Blob && !MediaTypes.IsIndex(entry.Descriptor.MediaType))
        {
            await destination.CheckManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            return ManifestNeeds.Of(manifest: null, entry.Platform);
        }

        Manifest manifest =
            await destination.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        ManifestNeeds needs = ManifestNeeds.Of(manifest, entry.Platform);
        return Interlocked.Add(ref _blobs, needs.Blobs.Count) <= destination.Limits.Blobs
            ? needs
            : throw TooLarge($"the images have more than {destination.Limits.Blobs} layers together");
    }

    private RegistryException TooLarge(string what) => new(RegistryFault.ResponseTooLarge, $"{image.Name}: {what}");

    private void Note(Entry entry, RegistryException fault)
    {
        string digest = entry.Descriptor.Digest.ToString();
        var difference = new Difference(DifferenceKind.ManifestMissing, ListEntry.TextOf(entry.Platform), digest, "");
        string platform = entry.Platform is { } stated ? $" ({Printable.Of(stated.ToString())})" : "";
        Finding missing = Finding.Of(FindingTarget.Manifest, difference, $"{image.Name}@{digest}{platform}");
        _findings.Add(Finding.Of(fault, missing with { Answer = fault.Message }));
    }

    /// <summary>An entry. Where it states no platform, it has that of its index.</summary>
    private sealed record Entry(Descriptor Descriptor, Platform? Platform);
}

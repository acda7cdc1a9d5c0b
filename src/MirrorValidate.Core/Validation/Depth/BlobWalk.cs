using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>Checks the configs and layers of a destination's manifests.</summary>
/// <param name="destination">Reads the destinations.</param>
/// <param name="image">The destination.</param>
/// <param name="isHashed">Whether blobs are downloaded and hashed; otherwise they only need to exist.</param>
/// <param name="context">The request context of the entry.</param>
internal sealed class BlobWalk(IImageReader destination, ImageReference image, bool isHashed, RequestContext context)
{
    /// <summary>How many blobs of an image are looked up concurrently.</summary>
    private const int Concurrency = 32;

    /// <summary>How many blobs of an image are downloaded concurrently.</summary>
    private const int DownloadConcurrency = 4;

    private readonly List<Finding> _findings = [];
    private readonly List<string> _foreign = [];

    /// <summary>What is wrong or not known, in the order of the list.</summary>
    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The digests of foreign layers that are not at the destination.</summary>
    internal IReadOnlyList<string> Foreign => _foreign;

    /// <summary>How many blobs were found right.</summary>
    internal int Found { get; private set; }

    /// <summary>How many of their bytes were hashed.</summary>
    internal long Hashed { get; private set; }

    /// <summary>Checks every blob that the manifests need, each once.</summary>
    internal async Task RunAsync(IEnumerable<ManifestNeeds> manifests, CancellationToken cancellationToken)
    {
        List<NeededBlob> needs = Collect(manifests);
        var states = new BlobState?[needs.Count];
        var faults = new RegistryException?[needs.Count];
        await Concurrently.ForAsync(
            needs.Count,
            isHashed ? DownloadConcurrency : Concurrency,
            async i =>
            {
                try
                {
                    Task<BlobState> look = isHashed
                        ? destination.HashBlobAsync(image, needs[i].Descriptor, context, cancellationToken)
                        : destination.FindBlobAsync(image, needs[i].Descriptor, context, cancellationToken);
                    states[i] = await look.ConfigureAwait(false);
                }
                catch (RegistryException e)
                {
                    faults[i] = e;
                }
            }).ConfigureAwait(false);
        for (int i = 0; i < needs.Count; i++) Note(needs[i], states[i], faults[i]);
    }

    private static List<NeededBlob> Collect(IEnumerable<ManifestNeeds> manifests)
    {
        var needs = new List<NeededBlob>();
        var known = new Dictionary<(Digest Digest, long Size), NeededBlob>();
        foreach (ManifestNeeds manifest in manifests)
        {
            foreach ((ContentRole role, Descriptor descriptor) in manifest.Blobs)
            {
                if (!known.TryGetValue((descriptor.Digest, descriptor.Size), out NeededBlob? need))
                {
                    need = new NeededBlob(role, descriptor);
                    known.Add((descriptor.Digest, descriptor.Size), need);
                    needs.Add(need);
                }

                need.AddPlatform(manifest.Platform);
            }
        }

        return needs;
    }

    private void Note(NeededBlob blob, BlobState? state, RegistryException? fault)
    {
        if (state is null)
        {
            _findings.Add(Finding.Of(fault!));
        }
        else if (state.Problem == BlobProblem.None)
        {
            Found++;
            Hashed += state.Hashed;
        }
        else if (state.Problem == BlobProblem.Missing && blob.IsForeign)
        {
            // A hostile registry may repeat a secret in a manifest.
            _foreign.Add(context.Redact(blob.Descriptor.Digest.ToString()));
            context.Log(LogLevel.Warning, () => $"the foreign {blob.Describe("not at the destination")}");
        }
        else
        {
            _findings.Add(Damaged(blob, state));
        }
    }

    // Told as a difference between what the manifest states and what was found.
    private static Finding Damaged(NeededBlob blob, BlobState state)
    {
        DifferenceKind kind = state.Problem switch
        {
            BlobProblem.Missing => DifferenceKind.BlobMissing,
            BlobProblem.Size => DifferenceKind.BlobSizeMismatch,
            _ => DifferenceKind.BlobDigestMismatch,
        };
        string found = state.Problem == BlobProblem.Missing ? "" : state.Description;
        var difference = new Difference(kind, blob.Platforms, blob.Descriptor.Digest.ToString(), found);
        string clause = blob.Describe(state.Description);
        return Finding.Of(FindingTarget.Blob, difference, clause) with { Answer = state.Answer };
    }
}

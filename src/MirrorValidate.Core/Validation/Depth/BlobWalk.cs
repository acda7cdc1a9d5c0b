using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Validation.Depth;

/// <summary>Looks at the configs and layers of a destination's manifests.</summary>
/// <param name="destination">Asks the registry.</param>
/// <param name="image">The destination.</param>
/// <param name="isHashed">Whether blobs are downloaded and hashed, or have to exist only.</param>
/// <param name="context">On whose behalf.</param>
internal sealed class BlobWalk(IImageReader destination, ImageReference image, bool isHashed, RequestContext context)
{
    /// <summary>How many blobs of one image are asked for at the same time.</summary>
    private const int Concurrency = 32;

    /// <summary>How many are downloaded.</summary>
    private const int DownloadConcurrency = 4;

    /// <summary>How many of the platforms that share a blob are kept to name it.</summary>
    private const int MaximumPlatforms = 10;

    private readonly List<DepthFinding> _findings = [];
    private readonly List<string> _foreign = [];

    /// <summary>What is amiss, in the order of the list.</summary>
    internal IReadOnlyList<DepthFinding> Findings => _findings;

    /// <summary>The foreign layers that are not there.</summary>
    internal IReadOnlyList<string> Foreign => _foreign;

    /// <summary>How many were found right.</summary>
    internal int Found { get; private set; }

    /// <summary>How many bytes of these were hashed.</summary>
    internal long Hashed { get; private set; }

    /// <summary>Looks at all that the manifests need, each blob once.</summary>
    internal async Task RunAsync(IEnumerable<ManifestNeeds> manifests, CancellationToken cancellationToken)
    {
        List<Need> needs = Collect(manifests);
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

    private static List<Need> Collect(IEnumerable<ManifestNeeds> manifests)
    {
        var needs = new List<Need>();
        var known = new Dictionary<(Digest Digest, long Size), Need>();
        foreach (ManifestNeeds manifest in manifests)
        {
            foreach ((ContentRole role, Descriptor descriptor) in manifest.Blobs)
            {
                if (!known.TryGetValue((descriptor.Digest, descriptor.Size), out Need? need))
                {
                    need = new Need(role, descriptor, []);
                    known.Add((descriptor.Digest, descriptor.Size), need);
                    needs.Add(need);
                }

                if (manifest.Platform is { } platform && need.Platforms.Count < MaximumPlatforms && !need.Platforms.Contains(platform))
                    need.Platforms.Add(platform);
            }
        }

        return needs;
    }

    private void Note(Need need, BlobState? state, RegistryException? fault)
    {
        if (state is { Problem: BlobProblem.None })
        {
            Found++;
            Hashed += state.Hashed;
        }
        else if (state is { Problem: BlobProblem.Missing } && need.IsForeign)
        {
            // A hostile registry may put what it was sent in secret into a manifest.
            _foreign.Add(context.Redact(need.Descriptor.Digest.ToString()));
            context.Log(LogLevel.Warning, () => $"the foreign {Finding(need, ValidationReason.BlobMissing, "not at the destination", null).DescribeBlob()}");
        }
        else
        {
            // What the registry answered tells the user which request to try.
            RegistryException? answer = state?.Answer.Length > 0 ? new RegistryException(RegistryFault.NotFound, state.Answer) : fault;
            _findings.Add(Finding(need, ReasonOf(state), state?.Description ?? "", answer));
        }
    }

    private static DepthFinding Finding(Need need, ValidationReason reason, string description, RegistryException? fault) =>
        new(need.Role, need.Platforms, need.Descriptor, reason, description, fault);

    private static ValidationReason ReasonOf(BlobState? state) => state?.Problem switch
    {
        BlobProblem.Missing => ValidationReason.BlobMissing,
        BlobProblem.Size => ValidationReason.BlobSizeMismatch,
        BlobProblem.Digest => ValidationReason.BlobDigestMismatch,
        _ => ValidationReason.None,
    };

    /// <summary>A blob, and the platforms that need it.</summary>
    private sealed record Need(ContentRole Role, Descriptor Descriptor, List<Platform> Platforms)
    {
        /// <summary>Whether clients fetch it from elsewhere.</summary>
        internal bool IsForeign => Role == ContentRole.Layer && (MediaTypes.IsForeignLayer(Descriptor.MediaType) || Descriptor.Urls.Count > 0);
    }
}

using System.Globalization;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Platforms;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>A source and a destination registry, and one image that was mirrored, well or not.</summary>
internal sealed class MirrorPair : IAsyncDisposable
{
    internal const string SourceRepository = "library/app";
    internal const string DestinationRepository = "mirror/app";

    private MirrorPair(EmbeddedRegistry source, EmbeddedRegistry destination)
    {
        Source = source;
        Destination = destination;
    }

    internal EmbeddedRegistry Source { get; }

    internal EmbeddedRegistry Destination { get; }

    internal string Line => $"{Source.Host}/{SourceRepository} {Destination.Host}/{DestinationRepository} v1";

    /// <summary>How requests are sent; by default without a second attempt.</summary>
    internal RegistryOptions Options { get; set; } = new() { MaximumRetryCount = 0, RetryDelay = TimeSpan.FromMilliseconds(1) };

    /// <summary>What a run asks for beyond the usual.</summary>
    internal Func<ValidationOptions, ValidationOptions> With { get; set; } = options => options;

    internal TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    internal ValidationDepth Depth { get; set; } = ValidationDepth.Manifest;

    internal ILogSink Log { get; set; } = NullLogSink.Instance;

    /// <summary>Starts both registries.</summary>
    /// <param name="image">What both have as <c>v1</c>; nothing by default.</param>
    internal static Task<MirrorPair> StartAsync(BuiltManifest? image = null) => StartAsync(image, image);

    /// <summary>Starts both registries.</summary>
    /// <param name="source">What the source has as <c>v1</c>.</param>
    /// <param name="destination">What the destination has as <c>v1</c>.</param>
    /// <param name="options">How the registries behave.</param>
    internal static async Task<MirrorPair> StartAsync(BuiltManifest? source, BuiltManifest? destination, EmbeddedRegistryOptions? options = null)
    {
        var pair = new MirrorPair(await EmbeddedRegistry.StartAsync(options), await EmbeddedRegistry.StartAsync());
        source?.PutInto(pair.Source.Store, SourceRepository, "v1");
        destination?.PutInto(pair.Destination.Store, DestinationRepository, "v1");
        return pair;
    }

    internal EmbeddedRegistry Of(RegistrySide side) => side == RegistrySide.Source ? Source : Destination;

    internal static string RepositoryOf(RegistrySide side) => side == RegistrySide.Source ? SourceRepository : DestinationRepository;

    /// <summary>The path of the manifest of a side, by tag or digest.</summary>
    internal static string ManifestPath(RegistrySide side, string reference = "v1") => $"/v2/{RepositoryOf(side)}/manifests/{reference}";

    internal Task<MirrorImageResult> ValidateAsync(
        ComparisonMode comparison = ComparisonMode.ManifestList,
        string architectures = "amd64,arm64",
        string? line = null,
        CancellationToken cancellationToken = default) =>
        ValidateAsync(ImageListEntry.Read(7, new ImageListLine(line ?? Line, 3, "list.txt")), comparison, architectures, cancellationToken);

    internal async Task<MirrorImageResult> ValidateAsync(
        ImageListEntry entry, ComparisonMode comparison, string architectures, CancellationToken cancellationToken = default)
    {
        using var session = new RegistrySession(Options);
        return await CreateValidator(session, comparison, architectures).ValidateAsync(entry, cancellationToken);
    }

    /// <summary>Validates several lines in one run.</summary>
    /// <param name="atOnce">How many at the same time.</param>
    /// <param name="lines">The lines.</param>
    internal async Task<MirrorImageResult[]> ValidateRunAsync(int atOnce, params string[] lines)
    {
        using var session = new RegistrySession(Options);
        MirrorValidator validator = CreateValidator(session, ComparisonMode.ManifestList, "amd64,arm64");
        var results = new MirrorImageResult[lines.Length];
        await Parallel.ForAsync(
            0,
            lines.Length,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (i, token) => results[i] = await validator.ValidateAsync(ImageListEntry.Read(i + 1, new ImageListLine(lines[i], i + 1, "list.txt")), token));
        return results;
    }

    private MirrorValidator CreateValidator(RegistrySession session, ComparisonMode comparison, string architectures)
    {
        var options = new ValidationOptions
        {
            Platforms = PlatformSelection.OfArchitectures([architectures]),
            Comparison = comparison,
            Depth = Depth,
            Timeout = Timeout,
        };
        return new MirrorValidator(
            new CachingImageReader(session.CreateClient(RegistrySide.Source)),
            new CachingImageReader(session.CreateClient(RegistrySide.Destination)),
            With(options),
            Log);
    }

    /// <summary>What was asked of both, as <c>METHOD what</c>, without what stands before it in the path.</summary>
    internal IEnumerable<string> Asked(RegistrySide side) => Of(side).Requests.Snapshot()
        .Select(request => string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Path[(request.Path.LastIndexOf('/') + 1)..]}"));

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Destination.DisposeAsync();
    }
}

using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Transport;

/// <summary>A request of the distribution API.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository; also the scope of its token.</param>
/// <param name="Path">The path below <c>/v2/REPOSITORY/</c>.</param>
/// <param name="MaximumSize">
/// The largest body to keep, in bytes; <see langword="null"/> if the body is not kept.
/// </param>
/// <param name="Accept">The <c>Accept</c> header, if any.</param>
internal sealed record RegistryRequest(
    HttpMethod Method, RegistryHost Host, string Repository, string Path, int? MaximumSize, string? Accept = null)
{
    /// <summary>Asks whether a registry answers (distribution-spec 1.1, "Determining Support").</summary>
    internal static RegistryRequest Ping(RegistryHost host) =>
        new(HttpMethod.Get, host, Repository: "", Path: "", MaximumSize: null);

    /// <summary>Whether to ask for the first byte only; the response says how many there are.</summary>
    internal bool IsRanged { get; init; }

    /// <summary>
    /// Whether to read the first byte of the body and no more; it proves that the registry's storage gives it.
    /// </summary>
    internal bool ReadsFirstByte { get; init; }

    /// <summary>The blob whose body is hashed as it arrives, instead of being kept.</summary>
    internal Descriptor? HashedBlob { get; init; }

    /// <summary>The query, <c>?</c> included. Chosen by a registry, so it is never shown.</summary>
    internal string Query { get; init; } = "";

    internal string FullPath => Repository.Length == 0 ? "/v2/" : $"/v2/{Repository}/{Path}";

    /// <summary>
    /// Whether a 404 to the request says that something is missing. To a request for referrers it may say that there is
    /// no such API.
    /// </summary>
    internal bool IsContent =>
        IsManifest
        || Path.StartsWith("blobs/", StringComparison.Ordinal)
        || Path.StartsWith("tags/", StringComparison.Ordinal);

    /// <summary>Whether the request is for a manifest rather than a blob.</summary>
    internal bool IsManifest => Path.StartsWith("manifests/", StringComparison.Ordinal);
}

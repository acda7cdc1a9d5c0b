using MirrorValidate.References;

namespace MirrorValidate.Registries.Transport;

/// <summary>A request of the distribution API.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository, for the scope of tokens.</param>
/// <param name="Path">What stands after <c>/v2/REPOSITORY/</c>.</param>
/// <param name="MaximumSize">The largest body taken, in bytes.</param>
/// <param name="Accept">The <c>Accept</c> header, if any.</param>
internal sealed record RegistryRequest(
    HttpMethod Method, RegistryHost Host, string Repository, string Path, int MaximumSize, string? Accept = null)
{
    /// <summary>Whether only the first byte is asked for; the answer tells how many there are.</summary>
    internal bool IsRanged { get; init; }

    /// <summary>
    /// Takes the body of a good answer as it comes, once for each attempt; without it the body is read whole, up to
    /// <see cref="MaximumSize"/>.
    /// </summary>
    internal BodyConsumer? Consumer { get; init; }

    /// <summary>What stands behind the path, <c>?</c> included; never shown, since a registry chose it.</summary>
    internal string Query { get; init; } = "";

    internal string FullPath => $"/v2/{Repository}/{Path}";

    /// <summary>Whether a manifest is asked for, not a blob.</summary>
    internal bool IsManifest => Path.StartsWith("manifests/", StringComparison.Ordinal);
}

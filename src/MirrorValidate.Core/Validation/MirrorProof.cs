using System.Globalization;

namespace MirrorValidate.Validation;

/// <summary>What a validation has proven about the destination. Only what was found right is counted.</summary>
public sealed record MirrorProof
{
    /// <summary>The proof of an entry whose sides could not be compared, or differ.</summary>
    public static MirrorProof None { get; } = new();

    /// <summary>
    /// The name of the deepest <see cref="ValidationDepth"/> at which nothing was wrong; a text, so that it compares
    /// the same after serialization. The depth asked for where the entry passed; <c>None</c> where the sides could not
    /// be compared, or differ.
    /// </summary>
    /// <value>Default <c>None</c>.</value>
    public string Level { get; init; } = nameof(None);

    /// <summary>
    /// How many manifests were compared and, from <see cref="ValidationDepth.Manifest"/> on, found; each digest counts
    /// once.
    /// </summary>
    public int Manifests { get; init; }

    /// <summary>
    /// How many configs and layers were found right, for this image or an earlier one of the run; each digest counts
    /// once. 0 below <see cref="ValidationDepth.Blob"/>.
    /// </summary>
    public int Blobs { get; init; }

    /// <summary>
    /// The bytes of <see cref="Blobs"/> that were hashed. 0 below <see cref="ValidationDepth.Content"/>.
    /// </summary>
    public long Bytes { get; init; }

    /// <summary>
    /// The digests of foreign layers that the destination does not have: clients fetch
    /// them from elsewhere (OCI image-spec, layer.md, "Non-Distributable Layers"), so that they fail nothing.
    /// </summary>
    public IReadOnlyList<string> ForeignLayers { get; init; } = [];

    /// <summary>The proof in a line, for example <c>Blob: 2 manifests, 7 blobs</c>.</summary>
    public override string ToString() => Level == nameof(None)
        ? Level
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Level}: {Manifests} manifest{(Manifests == 1 ? "" : "s")}")
            + Part(Blobs, "blob") + Part(Bytes, "byte") + Part(ForeignLayers.Count, "foreign layer");

    private static string Part(long count, string what) =>
        count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} {what}{(count == 1 ? "" : "s")}");
}

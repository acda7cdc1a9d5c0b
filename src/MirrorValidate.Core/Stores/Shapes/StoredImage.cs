using MirrorValidate.Manifests;

namespace MirrorValidate.Stores.Shapes;

/// <summary>A manifest that the index of a store lists.</summary>
/// <param name="Descriptor">What the index says of it.</param>
/// <param name="Name">Its name; <see langword="null"/> for none.</param>
internal sealed record StoredImage(Descriptor Descriptor, StoreName? Name)
{
    /// <summary>The text of its name as it was written, for references that name an image in the store.</summary>
    internal string WrittenName { get; init; } = "";

    /// <summary>
    /// The manifest, where the store does not have its bytes and its index tells what was in it; else
    /// <see langword="null"/>.
    /// </summary>
    internal ManifestIndex? Rebuilt { get; init; }

    /// <summary>What the store cannot prove of it, a clause; empty for nothing.</summary>
    internal string Caveat { get; init; } = "";
}

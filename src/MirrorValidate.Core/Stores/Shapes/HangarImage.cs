using MirrorValidate.Manifests;

namespace MirrorValidate.Stores.Shapes;

/// <summary>An image in the index of a hangar archive.</summary>
/// <param name="Source">The repository, with its registry.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Platforms">The manifests of its platforms. Their sizes are not known.</param>
internal sealed record HangarImage(string Source, string Tag, IReadOnlyList<Descriptor> Platforms);

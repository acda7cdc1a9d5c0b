using MirrorValidate.References;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>A store of a side.</summary>
/// <param name="Store">The store.</param>
/// <param name="Name">
/// The repository that its images without a full name belong to, with the tag of its only image if that has no name;
/// <see langword="null"/> for none.
/// </param>
internal sealed record BoundStore(IImageStore Store, ImageName? Name)
{
    /// <summary>The repository.</summary>
    internal ImageReference? Repository { get; } = Name is null ? null : ImageReference.Of(Name, Name.Host);

    /// <summary>The path of the store.</summary>
    internal string Path => Store.Path;

    /// <summary>Whether an image of the store has a name.</summary>
    internal bool Has(StoredImage image, ImageReference wanted)
    {
        if (wanted.Store is not null) return IsNamed(image, wanted);
        if (image.Name is not null) return image.Name.Matches(wanted, Repository);
        return Name?.Tag is { } tag && tag == wanted.Tag
            && StoreName.IsSame(Repository!, wanted)
            && Store.Images.All(other => other.Descriptor.Digest == image.Descriptor.Digest);
    }

    // As skopeo looks for it: by what is written in the store. Other tools write the full name elsewhere.
    private static bool IsNamed(StoredImage image, ImageReference wanted) => wanted.Repository.Length == 0
        ? image.WrittenName == wanted.Tag
        : image.Name?.Full is { } full && StoreName.IsSame(full, wanted) && full.Tag == wanted.Tag;
}

using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>Finds the image of a name in the stores of a side.</summary>
/// <param name="stores">The stores.</param>
/// <param name="contents">Tells images from what belongs to them.</param>
internal sealed class StoreLookup(IReadOnlyList<BoundStore> stores, StoreContents contents)
{
    private const int MaximumNames = 5;

    /// <summary>The paths of the stores, for messages.</summary>
    internal string Paths => string.Join(", ", stores.Select(store => store.Path));

    /// <summary>Finds the image of a reference without a digest.</summary>
    /// <exception cref="StoreException">There is no such image, or there are several.</exception>
    internal async Task<(BoundStore Store, StoredImage Image)> FindAsync(
        ImageReference reference, CancellationToken cancellationToken)
    {
        bool isAny = reference is { Store: not null, Tag: null };
        List<(BoundStore Store, StoredImage Image)> found = [];
        foreach (BoundStore store in stores)
        {
            IEnumerable<StoredImage> images = isAny
                ? await contents.ImagesAsync(store.Store, cancellationToken).ConfigureAwait(false)
                : store.Store.Images.Where(image => store.Has(image, reference));
            found.AddRange(images.Select(image => (store, image)));
        }

        Digest[] digests = [.. found.Select(one => one.Image.Descriptor.Digest).Distinct()];
        if (digests.Length == 1) return found[0];
        if (digests.Length == 0) throw NotFound(reference);
        throw new StoreException(
            RegistryFault.AmbiguousReference,
            isAny ? $"{Paths}: there are {digests.Length} images in it, and {reference} names none: {Names(found)}"
                : $"{Paths}: several images have the name {reference}: {string.Join(" and ", digests.AsEnumerable())}");
    }

    /// <summary>The tags of a repository, each once.</summary>
    /// <exception cref="StoreException">There is no image of it.</exception>
    internal IReadOnlyList<string> TagsOf(ImageReference repository)
    {
        string[] tags =
        [
            .. stores.SelectMany(store => store.Store.Images
                .Select(image => (Image: image, Tag: image.Name?.Tag ?? store.Name?.Tag))
                .Where(one => one.Tag is not null && store.Has(one.Image, repository.WithTag(one.Tag)))
                .Select(one => one.Tag!))
                .Distinct(),
        ];
        return tags.Length > 0
            ? tags
            : throw new StoreException(
                RegistryFault.NotFound, $"{Paths}: there is no image of {repository.Name} in it");
    }

    private StoreException NotFound(ImageReference reference)
    {
        if (reference.Store is null && stores.FirstOrDefault(store => MayHave(store, reference)) is { } unclear)
        {
            return new StoreException(
                RegistryFault.AmbiguousReference,
                $"{unclear.Path}: it has the tag {reference.Tag}, and does not say of which repository: write "
                + $"{reference.Name}={unclear.Path} if it is of this one");
        }

        List<(BoundStore, StoredImage Image)> all =
            [.. stores.SelectMany(store => store.Store.Images.Select(image => (store, image)))];
        string name = reference.Store is null ? reference.ToString() : reference.Tag ?? "";
        return new StoreException(
            RegistryFault.NotFound,
            all.Count == 0 ? $"{Paths}: there are no images in it"
                : $"{Paths}: there is no image {name} in it; there is {Names(all)}");
    }

    private static bool MayHave(BoundStore store, ImageReference reference) => store.Name is null
        && store.Store.Images.Any(image => image.Name is { IsBareTag: true } name && name.Tag == reference.Tag);

    private static string Names(List<(BoundStore Store, StoredImage Image)> images)
    {
        string[] names =
        [
            .. images.Select(one => one.Image.Name?.ToString() ?? one.Image.Descriptor.Digest.ToString()).Distinct(),
        ];
        string more = names.Length > MaximumNames ? $" and {names.Length - MaximumNames} more" : "";
        return string.Join(", ", names.Take(MaximumNames).Select(Printable.Of)) + more;
    }
}

using System.Diagnostics.CodeAnalysis;
using MirrorValidate.References;

namespace MirrorValidate.Stores.Shapes;

/// <summary>How a store names an image.</summary>
internal sealed record StoreName
{
    private StoreName(ImageReference? full, string? tag, string? component)
    {
        Full = full;
        Tag = tag ?? full?.Tag;
        Component = component;
    }

    /// <summary>The full name, if it is one; docker.io's are completed.</summary>
    internal ImageReference? Full { get; }

    /// <summary>The tag; <see langword="null"/> if the name has a digest only.</summary>
    internal string? Tag { get; }

    /// <summary>
    /// The last component of the repository, where the rest of the name was not kept: <c>skopeo sync</c> without
    /// <c>--scoped</c>.
    /// </summary>
    internal string? Component { get; }

    /// <summary>Whether it is a tag and nothing else.</summary>
    internal bool IsBareTag => Full is null && Component is null;

    /// <summary>Reads a full name, <c>[registry/]repository[:tag][@digest]</c>.</summary>
    internal static bool TryParseFull(string? text, [NotNullWhen(true)] out StoreName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text)) return false;
        try
        {
            name = new StoreName(ImageReference.Parse(text), tag: null, component: null);
            return name.Full!.Store is null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The name that is a tag only.</summary>
    internal static StoreName OfTag(string tag) => new(full: null, tag, component: null);

    /// <summary>The name of which the last component and the tag were kept.</summary>
    internal static StoreName OfComponent(string component, string tag) => new(full: null, tag, component);

    /// <summary>The full name with another tag.</summary>
    internal static StoreName OfFull(ImageReference name) => new(name, tag: null, component: null);

    /// <summary>Whether this is the name of an image.</summary>
    /// <param name="wanted">The image, with a tag.</param>
    /// <param name="bound">The repository that the store is bound to, if any. Bare tags are tags of it.</param>
    internal bool Matches(ImageReference wanted, ImageReference? bound)
    {
        if (Tag is null || Tag != wanted.Tag) return false;
        if (Full is not null) return IsSame(Full, wanted);
        if (Component is null) return bound is not null && IsSame(bound, wanted);
        string repository = wanted.Repository;
        return repository[(repository.LastIndexOf('/') + 1)..] == Component;
    }

    /// <summary>The name as the store has it.</summary>
    public override string ToString() =>
        Full is not null ? Full.ToString() : Component is null ? Tag! : $"{Component}:{Tag}";

    /// <summary>Whether two references are of the same repository.</summary>
    internal static bool IsSame(ImageReference one, ImageReference other) =>
        one.Registry.Equals(other.Registry) && one.Repository == other.Repository;
}

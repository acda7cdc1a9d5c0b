namespace MirrorValidate.ImageLists.Formats;

/// <summary>A format of list files that are JSON or YAML documents.</summary>
/// <param name="Format">Which one it is.</param>
/// <param name="Shape">What a document of this format has, for messages.</param>
/// <param name="Recognizes">Whether a document has that shape.</param>
/// <param name="Read">Reads the entries of a document.</param>
internal sealed record DocumentFormat(
    ImageListFormat Format,
    string Shape,
    Func<DocumentNode, bool> Recognizes,
    Func<DocumentNode, EntryMaker, IEnumerable<ImageListEntry>> Read)
{
    /// <summary>Whether the tool reads every document of a YAML stream, not only the first.</summary>
    /// <value>Default <see langword="false"/>.</value>
    internal bool ReadsAllDocuments { get; private init; }

    /// <summary>All of them, the most common first.</summary>
    internal static IReadOnlyList<DocumentFormat> All { get; } =
    [
        new(
            ImageListFormat.SkopeoSync,
            "registries with \"images\" (skopeo sync)",
            SkopeoSyncList.Recognizes,
            SkopeoSyncList.Read),
        new(ImageListFormat.RegSync, "a list \"sync\" (regsync)", RegSyncList.Recognizes, RegSyncList.Read),
        new(
            ImageListFormat.ImageSyncer,
            "\"source: target\" (image-syncer)",
            ImageSyncerList.Recognizes,
            ImageSyncerList.Read),
        new(ImageListFormat.References, "an array of references", ReferenceArray.Recognizes, ReferenceArray.Read)
        {
            ReadsAllDocuments = true,
        },
        new(ImageListFormat.Hauler, "\"kind: Images\" (Hauler)", HaulerList.Recognizes, HaulerList.Read)
        {
            ReadsAllDocuments = true,
        },
        new(
            ImageListFormat.OpenShift,
            "\"kind: ImageSetConfiguration\" (oc-mirror)",
            ImageSetList.Recognizes,
            ImageSetList.Read),
        new(ImageListFormat.Zarf, "\"kind: ZarfPackageConfig\" (Zarf)", ZarfList.Recognizes, ZarfList.Read),
        new(ImageListFormat.Dregsy, "a list \"tasks\" (dregsy)", DregsyList.Recognizes, DregsyList.Read),
        new(
            ImageListFormat.RancherImageMirror,
            "a list \"Images\" (rancher/image-mirror)",
            RancherMirrorList.Recognizes,
            RancherMirrorList.Read),
    ];
}

using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Tests.Stores;

/// <summary>A store in the shape that a tool writes, with an image of two platforms.</summary>
/// <param name="Name">The name of the file or folder.</param>
/// <param name="Files">What it has in it, in the tool's order.</param>
/// <param name="Image">The image, as docker.io/library/app:v1.</param>
internal sealed record ToolStore(string Name, StoreFiles Files, BuiltManifest Image)
{
    /// <summary>What the store is bound to where the tool does not write names: <c>REPOSITORY[:TAG]=</c>.</summary>
    internal string Binding { get; init; } = "";

    /// <summary>The sources and tags that are listed.</summary>
    internal string[] Listed { get; init; } = ["docker.io/library/app v1"];

    /// <summary>What belongs to the image, by the tag that a registry has it under.</summary>
    internal IReadOnlyDictionary<string, BuiltManifest> Belonging { get; init; } =
        new Dictionary<string, BuiltManifest>();

    /// <summary>Whether the tool keeps the list of the image.</summary>
    internal bool KeepsList { get; init; } = true;

    /// <summary>Whether all platforms are in the store, or only linux/amd64.</summary>
    internal bool IsComplete { get; init; } = true;

    /// <summary>Writes the store into a folder.</summary>
    internal void WriteInto(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (Path.GetExtension(Name).Length == 0)
        {
            Files.WriteFolder(path);
            return;
        }

        byte[] content = Path.GetExtension(Name) switch
        {
            ".zip" => Files.ToZip(),
            ".gz" => StoreFiles.GZip(Files.ToTar()),
            ".zst" => StoreFiles.Zstd(Files.ToTar(), hasChecksum: true),
            _ => Files.ToTar(),
        };
        File.WriteAllBytes(path, content);
    }
}

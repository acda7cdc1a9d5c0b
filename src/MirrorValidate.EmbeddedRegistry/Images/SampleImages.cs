namespace MirrorValidate.Embedded.Images;

/// <summary>The images that most tests need. The same seed gives the same digests.</summary>
public static class SampleImages
{
    /// <summary>A Docker manifest list of the usual four platforms.</summary>
    public static BuiltManifest DockerList(string seed) => DockerList(seed, ImagePlatform.UsualFour);

    /// <summary>A Docker manifest list of these platforms.</summary>
    public static BuiltManifest DockerList(string seed, IEnumerable<ImagePlatform> platforms) =>
        new IndexBuilder(ImageFormat.Docker).AddImages(seed, platforms).Build();

    /// <summary>An OCI index of the usual four platforms, with or without an attestation for each.</summary>
    public static BuiltManifest OciIndex(string seed, bool attestations = false) =>
        OciIndex(seed, ImagePlatform.UsualFour, attestations);

    /// <summary>An OCI index of these platforms, with or without an attestation for each.</summary>
    public static BuiltManifest OciIndex(string seed, IEnumerable<ImagePlatform> platforms, bool attestations = false)
    {
        var index = new IndexBuilder(ImageFormat.Oci).AddImages(seed, platforms);
        return (attestations ? index.AddAttestations() : index).Build();
    }

    /// <summary>One image.</summary>
    public static BuiltManifest Image(
        string seed, ImageFormat format = ImageFormat.Docker, ImagePlatform? platform = null) =>
        new ImageBuilder(seed) { Format = format, Platform = platform ?? ImagePlatform.LinuxAmd64 }.Build();

    /// <summary>A schema 1 image.</summary>
    public static BuiltManifest Schema1(string seed, string name, string tag, bool isSigned = true) =>
        new Schema1Builder(seed, name, tag) { IsSigned = isSigned }.Build();

    /// <summary>A Docker manifest list of Linux and two versions of Windows.</summary>
    public static BuiltManifest WindowsList(string seed) => DockerList(
        seed,
        [
            ImagePlatform.LinuxAmd64,
            ImagePlatform.Parse("windows/amd64:10.0.17763.5576"),
            ImagePlatform.Parse("windows/amd64:10.0.20348.2340") with { OSFeatures = ["win32k"] },
        ]);

    /// <summary>An OCI index with an index of Linux images and one image.</summary>
    public static BuiltManifest NestedIndex(string seed) => new IndexBuilder(ImageFormat.Oci)
        .Add(OciIndex(seed + "/inner", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]))
        .AddImages(seed, [ImagePlatform.LinuxS390x])
        .Build();

    /// <summary>
    /// An OCI index with many entries, each for another platform; the first two are linux/amd64 and linux/arm64/v8.
    /// </summary>
    public static BuiltManifest WideIndex(string seed, int entries)
    {
        var image = Image(seed, ImageFormat.Oci);
        var index = new IndexBuilder(ImageFormat.Oci).Add(image).AddImages(seed, [ImagePlatform.LinuxArm64]);
        for (var number = 2; number < entries; number++)
        {
            index.Add(new IndexEntry(image) { Platform = new ImagePlatform("linux", $"cpu{number}") });
        }

        return index.Build();
    }

    /// <summary>A copy of a list with its entries in reverse order.</summary>
    public static BuiltManifest Reordered(BuiltManifest list)
    {
        var index = new IndexBuilder(FormatOf(list));
        foreach (var child in list.Children.Reverse())
        {
            index.Add(child);
        }

        return index.Build();
    }

    /// <summary>A copy of a list with only the entries for matching platforms.</summary>
    public static BuiltManifest Filtered(BuiltManifest list, Func<ImagePlatform, bool> keep)
    {
        var index = new IndexBuilder(FormatOf(list));
        foreach (var child in list.Children.Where(child => child.Platform is { } platform && keep(platform)))
        {
            index.Add(child);
        }

        return index.Build();
    }

    /// <summary>A list with an image as its only entry.</summary>
    public static BuiltManifest Wrapped(BuiltManifest image) =>
        new IndexBuilder(image.MediaType == RegistryMediaTypes.OciManifest ? ImageFormat.Oci : ImageFormat.Docker)
            .Add(image).Build();

    private static ImageFormat FormatOf(BuiltManifest list) =>
        list.MediaType == RegistryMediaTypes.OciIndex ? ImageFormat.Oci : ImageFormat.Docker;
}

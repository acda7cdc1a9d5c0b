namespace MirrorValidate.Embedded.Images;

/// <summary>A dozen mirrored images of several kinds, with one defect of each kind in the FAQ.</summary>
public static class DemoImages
{
    /// <summary>
    /// Stores the images under <c>library/…</c> in one store and their mirrors under <c>mirror/…</c> in another or the
    /// same.
    /// </summary>
    /// <returns>Lines of an image list, <c>SOURCE DESTINATION TAG</c> without hosts.</returns>
    public static IReadOnlyList<string> Seed(RegistryStore source, RegistryStore destination)
    {
        var seeder = new Seeder(source, destination);
        seeder.Add("alpine", "3.20", SampleImages.DockerList("alpine 3.20"));
        seeder.Add("nginx", "1.27", SampleImages.OciIndex("nginx 1.27", attestations: true));
        seeder.Add("busybox", "1.36", SampleImages.DockerList("busybox 1.36"), SampleImages.Reordered);
        seeder.Add(
            "redis", "7.2", SampleImages.DockerList("redis 7.2"),
            Mirrored(platform => platform.Architecture is "amd64" or "arm64"));
        seeder.Add("hello-world", "linux", SampleImages.Image("hello-world"), SampleImages.Wrapped);
        seeder.Add(
            "legacy", "1.0", SampleImages.Schema1("legacy", "library/legacy", "1.0"),
            _ => SampleImages.Wrapped(SampleImages.Image("legacy")));
        seeder.Add("pause", "3.9", SampleImages.WindowsList("pause 3.9"));

        seeder.Add(
            "postgres", "16.3", SampleImages.DockerList("postgres 16.3"),
            _ => SampleImages.DockerList("postgres 16.2"));
        seeder.Add(
            "haproxy", "3.0", SampleImages.DockerList("haproxy 3.0"),
            Mirrored(platform => platform.Architecture != "arm64"));
        seeder.Add("memcached", "1.6", SampleImages.DockerList("memcached 1.6"), list => list.Child("linux/amd64"));
        seeder.Add("registry", "2.8", SampleImages.DockerList("registry 2.8"), _ => null);
        seeder.Add("tools", "1.4", SampleImages.Image("tools 1.4"), _ => SampleImages.DockerList("tools 1.4"));
        seeder.Add(
            "agent", "5.1", SampleImages.Image("agent 5.1"), image => WrappedAs(image, ImagePlatform.LinuxArm64));
        var gone = seeder.Add("etcd", "3.5", SampleImages.OciIndex("etcd 3.5"))!;
        destination.DeleteManifest("mirror/etcd", gone.Child("linux/arm64/v8").Digest);
        return seeder.Lines;
    }

    private static Func<BuiltManifest, BuiltManifest> Mirrored(Func<ImagePlatform, bool> keep) =>
        list => SampleImages.Filtered(list, keep);

    private static BuiltManifest WrappedAs(BuiltManifest image, ImagePlatform platform) =>
        new IndexBuilder().Add(new IndexEntry(image) { Platform = platform }).Build();

    private sealed class Seeder(RegistryStore source, RegistryStore destination)
    {
        public List<string> Lines { get; } = [];

        public BuiltManifest? Add(
            string name, string tag, BuiltManifest image, Func<BuiltManifest, BuiltManifest?>? mirror = null)
        {
            var mirrored = mirror is null ? image : mirror(image);
            image.PutInto(source, "library/" + name, tag);
            mirrored?.PutInto(destination, "mirror/" + name, tag);
            Lines.Add($"library/{name} mirror/{name} {tag}");
            return mirrored;
        }
    }
}

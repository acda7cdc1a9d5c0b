using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>A list of three images, two of them selected by default; each has a config and two layers.</summary>
internal static class DepthSample
{
    internal static BuiltManifest Amd64 { get; } = Image("amd64", ImagePlatform.LinuxAmd64);

    internal static BuiltManifest Arm64 { get; } = Image("arm64", ImagePlatform.LinuxArm64);

    internal static BuiltManifest S390x { get; } = Image("s390x", ImagePlatform.LinuxS390x);

    internal static BuiltManifest List { get; } = new IndexBuilder().Add(Amd64).Add(Arm64).Add(S390x).Build();

    internal static BuiltBlob Config => Arm64.Blobs[0];

    internal static BuiltBlob Layer => Arm64.Blobs[2];

    /// <summary>What messages call <see cref="Layer"/>.</summary>
    internal static string LayerWords => $"linux/arm64/v8 layer {Layer.Digest} ({Layer.MediaType}, {Layer.Size} bytes)";

    /// <summary>What messages call <see cref="Config"/>.</summary>
    internal static string ConfigWords => $"linux/arm64/v8 config {Config.Digest} ({Config.MediaType}, {Config.Size} bytes)";

    /// <summary>The blobs of the images that are selected by default.</summary>
    internal static IReadOnlyList<BuiltBlob> Selected => [.. Amd64.Blobs, .. Arm64.Blobs];

    /// <summary>The path of a blob at the destination.</summary>
    internal static string PathOf(BuiltBlob blob) => $"/v2/{MirrorPair.DestinationRepository}/blobs/{blob.Digest}";

    /// <summary>As many bytes, every one another.</summary>
    internal static byte[] Spoil(ReadOnlyMemory<byte> content) => [.. content.ToArray().Select(one => (byte)~one)];

    /// <summary>Puts other bytes in the place of a blob at the destination.</summary>
    internal static void Replace(MirrorPair pair, BuiltBlob blob, byte[] content) =>
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, content, blob.Digest);

    internal static void Remove(MirrorPair pair, BuiltBlob blob) => pair.Destination.Store.DeleteBlob(MirrorPair.DestinationRepository, blob.Digest);

    /// <summary>What was asked of a blob at the destination, in the order of arrival.</summary>
    internal static string[] Asked(MirrorPair pair, BuiltBlob blob) => [.. pair.Destination.Requests
        .Where(request => request.Path == PathOf(blob))
        .Select(request => request.Header("Range") is { } range ? $"{request.Method} {range}" : request.Method)];

    /// <summary>How often blobs were asked for.</summary>
    internal static int AskedForBlobs(MirrorPair pair, RegistrySide side = RegistrySide.Destination) =>
        pair.Of(side).Requests.Where(request => request.Path.Contains("/blobs/", StringComparison.Ordinal)).Count;

    private static BuiltManifest Image(string seed, ImagePlatform platform) => new ImageBuilder(seed) { Platform = platform, LayerCount = 2 }.Build();
}

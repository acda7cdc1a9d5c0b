using MirrorValidate.References;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation;

/// <summary>
/// An entry of the source and the one of the destination that it is compared with. All members are texts, which
/// serialization keeps as they are.
/// </summary>
/// <param name="SourcePlatform">The source's platform, <c>os/arch[/variant][:os.version]</c>; empty where it states
/// none.</param>
/// <param name="SourceDigest">The source's digest; empty where it has no such entry.</param>
/// <param name="DestinationPlatform">The destination's platform; empty where it states none.</param>
/// <param name="DestinationDigest">The destination's digest; empty where it has no such entry.</param>
public sealed record MirrorPlatform(
    string SourcePlatform, string SourceDigest, string DestinationPlatform, string DestinationDigest)
{
    /// <summary>
    /// Both sides in a line: <c>linux/amd64 sha256:… linux/amd64 sha256:…</c>, a hyphen for what a side lacks.
    /// </summary>
    public override string ToString() =>
        $"{Side(SourcePlatform, SourceDigest)} {Side(DestinationPlatform, DestinationDigest)}";

    /// <summary>A pair of entries; a side that has none is <see langword="null"/>.</summary>
    internal static MirrorPlatform Of(ListEntry? source, ListEntry? destination) =>
        new(PlatformOf(source), source?.Digest ?? "", PlatformOf(destination), destination?.Digest ?? "");

    private static string PlatformOf(ListEntry? entry) => Printable.Of(ListEntry.TextOf(entry?.Platform));

    private static string Side(string platform, string digest) =>
        digest.Length == 0 ? "-" : platform.Length == 0 ? digest : $"{platform} {digest}";
}

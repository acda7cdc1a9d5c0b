namespace MirrorValidate.Validation;

/// <summary>
/// A difference between source and destination. All members are texts, which serialization keeps as they are.
/// </summary>
/// <param name="Kind">What kind of difference it is, a name of <see cref="DifferenceKind"/>.</param>
/// <param name="Platform">The platform, <c>os/arch[/variant][:os.version]</c>; empty where the difference concerns the
/// whole image.</param>
/// <param name="Source">What the source has: a digest, an <c>os.version</c>, a media type, whatever differs; empty
/// for nothing.</param>
/// <param name="Destination">What the destination has; empty for nothing.</param>
/// <param name="Explanation">The likely cause, a sentence.</param>
/// <param name="Remedy">What to do, a sentence.</param>
public sealed record MirrorDifference(
    string Kind, string Platform, string Source, string Destination, string Explanation, string Remedy)
{
    /// <summary>
    /// The difference in a line: <c>DigestDiffers linux/amd64: sha256:… -> sha256:…</c>, a hyphen for nothing.
    /// </summary>
    public override string ToString() =>
        $"{Kind}{(Platform.Length == 0 ? "" : " " + Platform)}: {Side(Source)} -> {Side(Destination)}";

    private static string Side(string value) => value.Length == 0 ? "-" : value;
}

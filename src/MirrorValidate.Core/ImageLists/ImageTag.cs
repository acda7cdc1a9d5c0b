using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>
/// What the third field of a list line says of one side: <c>tag</c>, <c>tag@digest</c> or a digest alone.
/// </summary>
/// <param name="Tag">The tag, where there is one.</param>
/// <param name="Digest">The digest, where there is one.</param>
internal sealed record ImageTag(string? Tag, Digest? Digest)
{
    /// <summary>Whether there is neither tag nor digest.</summary>
    internal bool IsEmpty => Tag is null && Digest is null;

    /// <summary>
    /// Takes the field apart; nothing written gives neither part. <c>ONE=OTHER</c> says of each side what it is there:
    /// an image that was renamed, or pinned at its source. No tag and no digest of a reference has that character.
    /// </summary>
    /// <returns>What it says of both sides; the destination is <see langword="null"/> where that is the same.</returns>
    /// <exception cref="FormatException">The text is neither tag nor digest.</exception>
    internal static (ImageTag Source, ImageTag? Destination) Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return (new ImageTag(null, null), null);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return (ParseSide(text), null);
        return (ParseSide(text[..equals]), ParseSide(text[(equals + 1)..]));
    }

    /// <summary>
    /// What two names say without a third field. Where one has neither tag nor digest it has the other's tag, or else
    /// its digest. An image in a store needs none, so that it has only its own.
    /// </summary>
    internal static (ImageTag Source, ImageTag Destination) Of(ImageName source, ImageName destination)
    {
        return (OfName(source, destination), OfName(destination, source));
    }

    /// <summary>What a name says itself.</summary>
    internal static ImageTag Of(ImageName name) => new(name.Tag, name.Digest);

    /// <summary>Whether a text is a tag alone or a digest alone.</summary>
    internal static bool IsTagOrDigest(string text) => ImageName.IsTag(text) || Digest.TryParseInReference(text, out _);

    /// <summary>Takes in the tag and the digest that a name has itself.</summary>
    /// <exception cref="FormatException">They differ.</exception>
    internal ImageTag With(ImageName? name) => new(Agree("tag", Tag, name?.Tag), Agree("digest", Digest, name?.Digest));

    /// <summary>
    /// The field that <see cref="Parse"/> reads; <c>latest</c> for neither part, as references have it.
    /// </summary>
    public override string ToString() =>
        Digest is null ? Tag ?? "latest" : Tag is null ? Digest.ToString() : $"{Tag}@{Digest}";

    private static ImageTag OfName(ImageName name, ImageName other) => name is { Tag: null, Digest: null, Store: null }
        ? new ImageTag(other.Tag, other.Tag is null ? other.Digest : null)
        : new ImageTag(name.Tag, name.Digest);

    private static ImageTag ParseSide(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 && Digest.TryParseInReference(text, out Digest? alone)) return new ImageTag(null, alone);
        string tag = at < 0 ? text : text[..at];
        if (at != 0 && !ImageName.IsTag(tag))
            throw new FormatException($"\"{Printable.Of(tag)}\" is not a tag (letters, digits, _ . -, 128 at most)");
        return new ImageTag(at == 0 ? null : tag, at < 0 ? null : Digest.ParseInReference(text[(at + 1)..]));
    }

    private static T? Agree<T>(string what, T? stated, T? inName)
        where T : class =>
        stated is null || inName is null || stated.Equals(inName)
            ? stated ?? inName
            : throw new FormatException($"the {what} is given twice and differs: \"{stated}\" and \"{inName}\"");
}

using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>The third field of a list line: <c>tag</c>, <c>tag@digest</c> or a digest alone.</summary>
internal static class ImageTag
{
    /// <summary>Takes the field apart; nothing written gives neither part.</summary>
    /// <exception cref="FormatException">The text is neither tag nor digest.</exception>
    internal static (string? Tag, Digest? Digest) Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 && Digest.TryParseInReference(text, out Digest? alone)) return (null, alone);
        string tag = at < 0 ? text : text[..at];
        if (at != 0 && !ImageName.IsTag(tag))
            throw new FormatException($"\"{Printable.Of(tag)}\" is not a tag (letters, digits, _ . -, 128 at most)");
        return (at == 0 ? null : tag, at < 0 ? null : Digest.ParseInReference(text[(at + 1)..]));
    }

    /// <summary>Writes the field that <see cref="Parse"/> reads; <c>latest</c> for neither part, as references have it.</summary>
    internal static string Format(string? tag, Digest? digest) =>
        digest is null ? tag ?? "latest" : tag is null ? digest.ToString() : $"{tag}@{digest}";
}

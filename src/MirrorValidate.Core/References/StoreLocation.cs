using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MirrorValidate.References;

/// <summary>
/// A store of images on a disk, as skopeo writes it before the name of an image in it: <c>oci:PATH</c>,
/// <c>oci-archive:PATH</c>, <c>dir:PATH</c> (containers/image, containers-transports.5).
/// </summary>
/// <param name="Transport">The transport without its colon.</param>
/// <param name="Path">The path, which may be relative.</param>
internal sealed partial record StoreLocation(string Transport, string Path)
{
    // Of these, what follows the path names an image.
    private static readonly string[] _naming = ["oci", "oci-archive"];
    private static readonly string[] _whole = ["dir"];
    private static readonly string[] _unreadable = ["docker-archive"];

    /// <summary>Takes a reference to an image in a store apart.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="location">The store.</param>
    /// <param name="name">The name of the image in the store; empty for none.</param>
    /// <returns>Whether the reference begins with a transport. A registry <c>dir:5000</c> is none.</returns>
    /// <exception cref="FormatException">The transport cannot be read, or has no path.</exception>
    internal static bool TryParse(string text, [NotNullWhen(true)] out StoreLocation? location, out string name)
    {
        location = null;
        name = "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || Port().IsMatch(text[colon..])) return false;
        string transport = text[..colon];
        bool isNaming = Array.IndexOf(_naming, transport) >= 0;
        if (Array.IndexOf(_unreadable, transport) >= 0)
        {
            throw new FormatException(
                $"\"{Printable.Of(text)}\": a docker-archive has no manifests, so that no digest can be compared; save "
                + "the image with docker 25 or newer, or with skopeo copy --all … oci-archive:FILE");
        }

        if (!isNaming && Array.IndexOf(_whole, transport) < 0) return false;
        string path = text[(colon + 1)..];
        if (isNaming) (path, name) = Split(path);
        if (path.Length == 0) throw new FormatException($"\"{Printable.Of(text)}\" has no path after {transport}:");
        location = new StoreLocation(transport, path);
        return true;
    }

    /// <summary>Returns <c>transport:path</c>.</summary>
    public override string ToString() => $"{Transport}:{Path}";

    // The path ends at its first colon, as skopeo has it, but not at the one of a Windows drive. A digest may follow.
    private static (string Path, string Name) Split(string text)
    {
        int at = text.LastIndexOf('@');
        if (at >= 0 && !Digest.TryParseInReference(text[(at + 1)..], out _)) at = -1;
        (string rest, string digest) = at < 0 ? (text, "") : (text[..at], text[at..]);
        int colon = rest.IndexOf(':', Drive().IsMatch(rest) ? 2 : 0);
        return colon < 0 ? (rest, digest) : (rest[..colon], rest[(colon + 1)..] + digest);
    }

    [GeneratedRegex(@"\A[A-Za-z]:[\\/]", RegexOptions.CultureInvariant)]
    private static partial Regex Drive();

    [GeneratedRegex(@"\A:[0-9]{1,5}/", RegexOptions.CultureInvariant)]
    private static partial Regex Port();
}

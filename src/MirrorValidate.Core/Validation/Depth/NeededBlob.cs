using System.Globalization;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Depth;

/// <summary>A config or layer that the destination's manifests need, or a blob that its list names.</summary>
/// <param name="role">What it is needed for.</param>
/// <param name="descriptor">What the manifests say of it.</param>
internal sealed class NeededBlob(ContentRole role, Descriptor descriptor)
{
    /// <summary>How many platforms a message names for a blob that they share.</summary>
    private const int MaximumPlatforms = 10;

    private readonly List<Platform> _platforms = [];

    /// <summary>What the manifests say of it.</summary>
    internal Descriptor Descriptor => descriptor;

    /// <summary>Whether it is a foreign layer, which clients fetch from elsewhere.</summary>
    internal bool IsForeign =>
        role == ContentRole.Layer && (MediaTypes.IsForeignLayer(descriptor.MediaType) || descriptor.Urls.Count > 0);

    /// <summary>The first platforms that need it, joined by commas; those that are not known are left out.</summary>
    internal string Platforms => Join(ListEntry.TextOf);

    /// <summary>Adds a platform that needs it.</summary>
    internal void AddPlatform(Platform? platform)
    {
        if (platform is null || _platforms.Count == MaximumPlatforms || _platforms.Contains(platform)) return;
        _platforms.Add(platform);
    }

    /// <summary>
    /// The blob with what is wrong with it: <c>linux/amd64 layer sha256:… (application/…, 213 bytes): missing</c>.
    /// </summary>
    /// <param name="problem">What is wrong, a clause.</param>
    internal string Describe(string problem)
    {
        string platforms = Join(platform => Printable.Of(platform.ToString()));
        string size = descriptor.Size == Descriptor.UnknownSize
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{descriptor.Size} bytes");
        string[] stated = [Printable.Of(descriptor.MediaType), size];
        string details = string.Join(", ", stated.Where(part => part.Length > 0));
        return (platforms.Length > 0 ? platforms + " " : "")
            + $"{Word} {descriptor.Digest}"
            + $"{(details.Length > 0 ? $" ({details})" : "")}: {problem}";
    }

    private string Word => role switch
    {
        ContentRole.Config => "config",
        ContentRole.Layer => "layer",
        _ => "entry",
    };

    private string Join(Func<Platform, string> toText) =>
        string.Join(", ", _platforms.Select(toText).Where(text => text.Length > 0).Distinct());
}

using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Html;

/// <summary>A platform of an image: both sides beside each other.</summary>
internal sealed record PlatformModel(
    string Name, string Source, string Sign, string Destination, string Note, bool Differs)
{
    internal static IReadOnlyList<PlatformModel> AllOf(MirrorImageResult result)
    {
        var notes = new PlatformNotes(result);
        return [.. result.Platforms.Select(platform => Of(platform, notes.On(platform)))];
    }

    private static PlatformModel Of(MirrorPlatform platform, PlatformNote note)
    {
        string name = platform.SourceDigest.Length > 0 ? platform.SourcePlatform : platform.DestinationPlatform;
        return new PlatformModel(
            name.Length > 0 ? name : "(none stated)",
            platform.SourceDigest,
            platform.SourceDigest == platform.DestinationDigest ? "=" : note.DigestDiffers ? "≠" : "",
            platform.DestinationDigest,
            note.Text,
            note.DigestDiffers || note.PlatformDiffers);
    }
}

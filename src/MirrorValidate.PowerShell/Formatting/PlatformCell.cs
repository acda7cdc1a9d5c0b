using System.Collections;
using System.Management.Automation;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Formatting;

/// <summary>A <see cref="MirrorPlatform"/> of a result, as views show it.</summary>
/// <param name="SourcePlatform">The source's platform; empty where it states none.</param>
/// <param name="Source">The source's digest; empty where it has no such entry.</param>
/// <param name="DestinationPlatform">The destination's platform; empty where it states none.</param>
/// <param name="Destination">The destination's digest; empty where it has no such entry.</param>
internal sealed record PlatformCell(
    string SourcePlatform, string Source, string DestinationPlatform, string Destination)
{
    /// <summary>Whether the source has the entry.</summary>
    internal bool IsAtSource => Source.Length > 0;

    /// <summary>Whether the destination has the entry.</summary>
    internal bool IsAtDestination => Destination.Length > 0;

    /// <summary>The platform that names the row.</summary>
    internal string Platform => IsAtSource ? SourcePlatform : DestinationPlatform;

    /// <summary>The platforms of a result, which may have come back from a file or another session.</summary>
    internal static IReadOnlyList<PlatformCell> ReadAll(PSObject result) =>
        LanguagePrimitives.GetEnumerable(result.Properties[nameof(MirrorImageResult.Platforms)]?.Value) is { } all
            ? [.. Read(all)]
            : [];

    private static IEnumerable<PlatformCell> Read(IEnumerable all) =>
        from object? one in all
        where one is not null
        let item = PSObject.AsPSObject(one)
        select new PlatformCell(
            ResultView.Text(item, nameof(MirrorPlatform.SourcePlatform)),
            ResultView.Text(item, nameof(MirrorPlatform.SourceDigest)),
            ResultView.Text(item, nameof(MirrorPlatform.DestinationPlatform)),
            ResultView.Text(item, nameof(MirrorPlatform.DestinationDigest)));
}

using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Images that are known by a number, in lists that are written as texts.</summary>
internal static class NumberedImages
{
    private static readonly BuiltManifest[] All =
        [.. Enumerable.Range(0, 5).Select(i => SampleImages.Image($"image {i}"))];

    internal static BuiltManifest Of(int number) => All[number];

    /// <summary>A list of entries <c>IMAGE PLATFORM [FEATURE]</c>; <c>-</c> for no platform.</summary>
    internal static BuiltManifest List(params string[] entries)
    {
        var index = new IndexBuilder(ImageFormat.Oci);
        foreach (string[] parts in entries.Select(entry => entry.Split(' ')))
        {
            index.Add(new IndexEntry(All[parts[0][0] - '0'])
            {
                Platform = parts[1] == "-" ? null : ImagePlatform.Parse(parts[1]) with { OSFeatures = [.. parts[2..]] },
            });
        }

        return index.Build();
    }

    /// <summary>The differences of a result, each in a line, with numbers for digests.</summary>
    internal static IEnumerable<string> Told(MirrorImageResult result) => result.Differences.Select(difference =>
        Enumerable.Range(0, All.Length).Aggregate(
            $"{difference}", (text, i) => text.Replace(All[i].Digest, $"{i}", StringComparison.Ordinal)));
}

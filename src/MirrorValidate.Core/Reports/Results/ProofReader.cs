using System.Globalization;
using System.Text.RegularExpressions;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Results;

/// <summary>Reads the proof of a result: an object, or the line that CSV files have of it.</summary>
internal static partial class ProofReader
{
    internal static MirrorProof Read(IResultValue? proof)
    {
        if (proof is null) return MirrorProof.None;
        if (proof.Member(nameof(MirrorProof.Level)) is not { } level) return ReadText(proof.Text);
        return new MirrorProof
        {
            Level = LevelOf(level.Text),
            Manifests = (int)ResultReader.Number(proof, nameof(MirrorProof.Manifests), int.MaxValue),
            Blobs = (int)ResultReader.Number(proof, nameof(MirrorProof.Blobs), int.MaxValue),
            Bytes = ResultReader.Number(proof, nameof(MirrorProof.Bytes)),
            ForeignLayers = ResultReader.Texts(proof.Member(nameof(MirrorProof.ForeignLayers))),
        };
    }

    // Blob: 2 manifests, 7 blobs. The digests of foreign layers are not in it.
    private static MirrorProof ReadText(string text)
    {
        Match match = Line().Match(text);
        return !match.Success
            ? MirrorProof.None
            : new MirrorProof
            {
                Level = LevelOf(match.Groups["level"].Value),
                Manifests = (int)Math.Min(Number(match.Groups["manifests"]), int.MaxValue),
                Blobs = (int)Math.Min(Number(match.Groups["blobs"]), int.MaxValue),
                Bytes = Number(match.Groups["bytes"]),
            };
    }

    private static string LevelOf(string text) => Array.Find(
        Enum.GetNames<ValidationDepth>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? MirrorProof.None.Level;

    private static long Number(Group group) =>
        long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    [GeneratedRegex(
        @"\A(?<level>[A-Za-z]+): (?<manifests>\d+) manifests?(?:, (?<blobs>\d+) blobs?)?(?:, (?<bytes>\d+) bytes?)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}

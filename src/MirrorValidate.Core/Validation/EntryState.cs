using MirrorValidate.ImageLists;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation;

/// <summary>What is known of an entry. Each step of its validation returns a state that knows more.</summary>
/// <param name="Entry">The entry.</param>
internal sealed record EntryState(ImageListEntry Entry)
{
    /// <summary>The source; <see langword="null"/> where the entry cannot be read.</summary>
    internal ImageReference? From { get; init; }

    /// <summary>The destination; <see langword="null"/> where the entry cannot be read.</summary>
    internal ImageReference? To { get; init; }

    /// <summary>The platforms that take part.</summary>
    internal PlatformSelection Platforms { get; init; } = PlatformSelection.All;

    /// <summary>What was read of the source.</summary>
    internal ImageSide? Source { get; init; }

    /// <summary>What was read of the destination.</summary>
    internal ImageSide? Destination { get; init; }

    /// <summary>The verdict; <see langword="null"/> as long as nothing is wrong.</summary>
    internal Verdict? Verdict { get; init; }

    /// <summary>What differs. Empty for an error: the sides could not be compared.</summary>
    internal IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <summary>What was proven of the destination.</summary>
    internal MirrorProof Proof { get; init; } = MirrorProof.None;

    /// <summary>Whether the sides could not be compared.</summary>
    internal bool IsError => Verdict?.Status == ValidationStatus.Error;

    /// <summary>
    /// The state with what one more check found. The first check that finds something wrong decides the verdict; what
    /// later checks find is only told as differences.
    /// </summary>
    internal EntryState With(params IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return this;
        EntryState judged = this with { Verdict = Verdict ?? Verdict.Of(findings) };
        return judged.IsError
            ? judged with { Differences = [] }
            : judged.WithDifferences([.. findings.Select(finding => finding.Difference).OfType<Difference>()]);
    }

    /// <summary>The state with more differences. One that is told already is not told again.</summary>
    internal EntryState WithDifferences(IReadOnlyList<Difference> differences) => differences.Count == 0
        ? this
        : this with
        {
            Differences =
            [
                .. Differences.UnionBy(differences, one => (one.Kind, one.Platform, one.Source, one.Destination)),
            ],
        };
}

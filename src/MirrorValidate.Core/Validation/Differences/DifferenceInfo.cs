namespace MirrorValidate.Validation.Differences;

/// <summary>
/// The meaning of a kind of difference. <see cref="DifferenceTable"/> has one for each kind.
/// </summary>
/// <param name="Kind">The kind.</param>
internal sealed record DifferenceInfo(DifferenceKind Kind)
{
    /// <summary>The likely cause, a sentence.</summary>
    internal required string Cause { get; init; }

    /// <summary>What to do, a sentence.</summary>
    internal required string Remedy { get; init; }

    /// <summary>The difference in a few words, which the list view shows beside its platform.</summary>
    /// <value>Default empty: the digests and platforms beside it say enough.</value>
    internal string Note { get; init; } = "";

    /// <summary>The noun for what is missing, for messages.</summary>
    /// <value>Default empty: messages only name the digest.</value>
    internal string Thing { get; init; } = "";

    /// <summary>
    /// The reason that an entry fails with because of such a difference; <see cref="ValidationReason.None"/> if it
    /// is reported but does not fail.
    /// </summary>
    /// <value>Default <see langword="null"/>: the comparison of the two manifests gives the reason.</value>
    internal ValidationReason? Reason { get; init; }

    /// <summary>Whether it fails nothing: an entry with no other difference passes.</summary>
    internal bool IsToldOnly => Reason == ValidationReason.None;
}

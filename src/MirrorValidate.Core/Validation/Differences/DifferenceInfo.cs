namespace MirrorValidate.Validation.Differences;

/// <summary>
/// What a kind of difference means, whatever image it is found in. <see cref="DifferenceTable"/> has one for each kind.
/// </summary>
/// <param name="Kind">The kind.</param>
internal sealed record DifferenceInfo(DifferenceKind Kind)
{
    /// <summary>The likely cause, a sentence.</summary>
    internal required string Cause { get; init; }

    /// <summary>What to do, a sentence.</summary>
    internal required string Remedy { get; init; }

    /// <summary>The difference in a few words, shown beside its platform.</summary>
    /// <value>Default empty: the digests and platforms that are shown say it already.</value>
    internal string Note { get; init; } = "";

    /// <summary>What is missing, as messages name it: a noun.</summary>
    /// <value>Default empty: messages name the digest alone.</value>
    internal string Thing { get; init; } = "";

    /// <summary>
    /// The reason that an entry fails with because of such a difference; <see cref="ValidationReason.None"/> where it
    /// is told and fails nothing.
    /// </summary>
    /// <value>Default <see langword="null"/>: the comparison of the two manifests has given the reason.</value>
    internal ValidationReason? Reason { get; init; }

    /// <summary>Whether an entry with no other difference passes.</summary>
    internal bool IsToldOnly => Reason == ValidationReason.None;
}

namespace MirrorValidate.Validation.Depth;

/// <summary>What looking at a destination has given.</summary>
/// <param name="Proof">What is proven.</param>
/// <param name="Findings">What is amiss, in the order of the list.</param>
/// <param name="Verdict">The verdict on the findings; <see langword="null"/> where there are none.</param>
internal sealed record DepthOutcome(MirrorProof Proof, IReadOnlyList<DepthFinding> Findings, Verdict? Verdict);

using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>The outcome of checking a destination.</summary>
/// <param name="Proof">What is proven.</param>
/// <param name="Findings">What is wrong or not known: manifests, then blobs.</param>
internal sealed record DepthOutcome(MirrorProof Proof, IReadOnlyList<Finding> Findings);

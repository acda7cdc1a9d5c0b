using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>What looking at a destination has given.</summary>
/// <param name="Proof">What is proven.</param>
/// <param name="Findings">What is amiss, in the order of the list: manifests before blobs.</param>
internal sealed record DepthOutcome(MirrorProof Proof, IReadOnlyList<Finding> Findings);

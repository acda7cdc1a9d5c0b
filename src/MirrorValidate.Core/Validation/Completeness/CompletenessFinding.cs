using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Completeness;

/// <summary>What belongs to the source and is not at the destination, or could not be looked for.</summary>
/// <param name="Missing">What is missing.</param>
/// <param name="Fault">Why it is not known.</param>
internal sealed record CompletenessFinding(Difference? Missing, RegistryException? Fault)
{
    internal static CompletenessFinding Of(Difference missing) => new(missing, Fault: null);

    internal static CompletenessFinding Of(RegistryException fault) => new(Missing: null, fault);
}

using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Findings;

/// <summary>
/// What a check found amiss, or could not look for. <see cref="Verdict.Of"/> makes a verdict of findings.
/// </summary>
/// <param name="Reason">The reason; <see cref="ValidationReason.None"/> where the finding is told and fails
/// nothing.</param>
/// <param name="Clause">What the message says of it.</param>
internal sealed record Finding(ValidationReason Reason, string Clause)
{
    /// <summary>What it is about.</summary>
    /// <value>Default <see cref="FindingTarget.Image"/>.</value>
    internal FindingTarget Target { get; init; }

    /// <summary>The difference that it is told as, if any.</summary>
    internal Difference? Difference { get; init; }

    /// <summary>What the registry answered, a sentence that ends the message.</summary>
    internal string Answer { get; init; } = "";

    /// <summary>Why something could not be looked for.</summary>
    internal RegistryException? Fault { get; init; }

    /// <summary>
    /// <see cref="ValidationStatus.Failed"/> where something is proven wrong, <see cref="ValidationStatus.Error"/>
    /// where nothing could be proven, <see cref="ValidationStatus.Passed"/> for what is only told.
    /// </summary>
    internal ValidationStatus Status => ReasonTable.Of(Reason).Status;

    /// <summary>A finding whose reason has the message.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="values">The values of its message.</param>
    internal static Finding Of(ValidationReason reason, params string[] values) =>
        new(reason, ReasonTable.Of(reason).Format(values));

    /// <summary>Something that could not be looked for. The fault's message names side, host and request.</summary>
    internal static Finding Of(RegistryException fault) =>
        new(ReasonTable.Of(fault.Fault).Reason, fault.Message) { Fault = fault };

    /// <summary>
    /// What a fault means to a check that looked for something: a 404 proves that it is missing, all else proves
    /// nothing.
    /// </summary>
    internal static Finding Of(RegistryException fault, Finding missing) => fault.ProvesAbsence ? missing : Of(fault);

    /// <summary>
    /// One of several things that are wrong in the same way, with the reason of its kind of difference.
    /// </summary>
    /// <param name="target">What it is about.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="clause">Names the thing in the message.</param>
    internal static Finding Of(FindingTarget target, Difference difference, string clause) =>
        new(DifferenceTable.Of(difference.Kind).Reason ?? ValidationReason.None, clause)
        {
            Target = target,
            Difference = difference,
        };
}

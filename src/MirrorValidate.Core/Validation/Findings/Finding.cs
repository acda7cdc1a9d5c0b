using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation.Findings;

/// <summary>
/// Something that a check found wrong, or could not find out. <see cref="Verdict.Of"/> makes a verdict of findings.
/// </summary>
/// <param name="Reason">The reason; <see cref="ValidationReason.None"/> for a finding that fails nothing.</param>
/// <param name="Clause">What the message says about it.</param>
internal sealed record Finding(ValidationReason Reason, string Clause)
{
    /// <summary>What the finding is about.</summary>
    /// <value>Default <see cref="FindingTarget.Image"/>.</value>
    internal FindingTarget Target { get; init; }

    /// <summary>The difference in the result, if any.</summary>
    internal Difference? Difference { get; init; }

    /// <summary>The registry's answer, with which the message ends.</summary>
    internal string Answer { get; init; } = "";

    /// <summary>Why it could not be found out.</summary>
    internal RegistryException? Fault { get; init; }

    /// <summary>
    /// <see cref="ValidationStatus.Failed"/> for something that is proven wrong, <see cref="ValidationStatus.Error"/>
    /// for something that is not known, <see cref="ValidationStatus.Passed"/> for something that fails nothing.
    /// </summary>
    internal ValidationStatus Status => ReasonTable.Of(Reason).Status;

    /// <summary>A finding whose reason has the message.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="values">The values of its message.</param>
    internal static Finding Of(ValidationReason reason, params string[] values) =>
        new(reason, ReasonTable.Of(reason).Format(values));

    /// <summary>Something that could not be found out. The fault's message names side, host and request.</summary>
    internal static Finding Of(RegistryException fault) =>
        new(ReasonTable.Of(fault.Fault).Reason, fault.Message) { Fault = fault };

    /// <summary>
    /// The finding for a fault: a 404 proves that something is missing, any other fault proves nothing.
    /// </summary>
    /// <param name="fault">The fault.</param>
    /// <param name="missing">The finding for a 404.</param>
    internal static Finding Of(RegistryException fault, Finding missing) => fault.ProvesAbsence ? missing : Of(fault);

    /// <summary>
    /// A finding with the reason of its kind of difference. Several of them share a sentence of the message.
    /// </summary>
    /// <param name="target">What the finding is about.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="clause">Names what is wrong in the message.</param>
    /// <exception cref="ArgumentException">The kind has no reason of its own.</exception>
    internal static Finding Of(FindingTarget target, Difference difference, string clause)
    {
        ValidationReason reason = DifferenceTable.Of(difference.Kind).Reason
            ?? throw new ArgumentException($"{difference.Kind} has no reason of its own", nameof(difference));
        return new Finding(reason, clause) { Target = target, Difference = difference };
    }
}

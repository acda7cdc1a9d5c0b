using System.Globalization;
using MirrorValidate.Registries;

namespace MirrorValidate.Validation.Findings;

/// <summary>The meaning of a reason. <see cref="ReasonTable"/> has one for each reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Status">The status of an entry with this reason.</param>
internal sealed record ReasonInfo(ValidationReason Reason, ValidationStatus Status)
{
    /// <summary>The message, a composite format; <see cref="Format"/> fills it in.</summary>
    /// <value>Default <c>{0}</c>: the message comes from elsewhere.</value>
    internal string Message { get; init; } = "{0}";

    /// <summary>The fault of a registry that leads to this reason.</summary>
    internal RegistryFault? Fault { get; init; }

    /// <summary>
    /// The name of the <c>ErrorCategory</c> of PowerShell for the error record. Only an error has one.
    /// </summary>
    internal string Category { get; init; } = "";

    /// <summary>
    /// What to do, a sentence for the error record. Only an error has one; for a failure, the differences say it.
    /// </summary>
    internal string Advice { get; init; } = "";

    /// <summary>Of several reasons in one message, the lowest is the result's.</summary>
    /// <value>Default 0.</value>
    internal int Precedence { get; init; }

    /// <summary>Fills in the message.</summary>
    /// <param name="values">The values, without control characters.</param>
    internal string Format(params string[] values) => string.Format(CultureInfo.InvariantCulture, Message, values);
}

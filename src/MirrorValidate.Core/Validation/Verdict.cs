namespace MirrorValidate.Validation;

/// <summary>What was found, before it is put into a result.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Exception">What an error follows from.</param>
internal sealed record Verdict(ValidationStatus Status, ValidationReason Reason, string Message, Exception? Exception = null)
{
    internal static Verdict Passed { get; } = new(ValidationStatus.Passed, ValidationReason.None, "");

    internal static Verdict Failed(ValidationReason reason, string message) => new(ValidationStatus.Failed, reason, message);

    internal static Verdict Error(ValidationReason reason, string message, Exception? exception = null) =>
        new(ValidationStatus.Error, reason, message, exception);
}

using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation;

/// <summary>What was found, before it is put into a result.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Exception">What an error follows from.</param>
internal sealed record Verdict(ValidationStatus Status, ValidationReason Reason, string Message, Exception? Exception = null)
{
    /// <summary>The differences that were found beyond those between the two manifests.</summary>
    internal IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <param name="comparisons">How many manifests were compared.</param>
    /// <exception cref="InvalidOperationException">None: nothing passes without a comparison.</exception>
    internal static Verdict PassedAfter(int comparisons) => comparisons > 0
        ? new(ValidationStatus.Passed, ValidationReason.None, "")
        : throw new InvalidOperationException("nothing was compared");

    internal static Verdict Failed(ValidationReason reason, string message) => new(ValidationStatus.Failed, reason, message);

    internal static Verdict Error(ValidationReason reason, string message, Exception? exception = null) =>
        new(ValidationStatus.Error, reason, message, exception);
}

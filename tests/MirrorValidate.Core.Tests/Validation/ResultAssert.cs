using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

internal static class ResultAssert
{
    /// <summary>Checks status and reason; a message that is not the expected one is shown by the failure.</summary>
    internal static void Is(ValidationStatus status, ValidationReason reason, MirrorImageResult result)
    {
        Assert.Equal($"{status} {reason}", $"{result.Status} {result.Reason}{(result.Reason == reason.ToString() ? "" : ": " + result.Message)}");
        Assert.Equal(status == ValidationStatus.Passed, result.Message.Length == 0);
        Assert.Equal(status == ValidationStatus.Error && reason != ValidationReason.NoMatchingPlatform && reason != ValidationReason.SourceUnsupported, result.Exception is not null);
        Assert.DoesNotContain(result.Message, char.IsControl);
    }

    internal static void Passed(MirrorImageResult result) => Is(ValidationStatus.Passed, ValidationReason.None, result);

    internal static void Failed(ValidationReason reason, string message, MirrorImageResult result)
    {
        Is(ValidationStatus.Failed, reason, result);
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
    }

    internal static void Error(ValidationReason reason, string message, MirrorImageResult result)
    {
        Is(ValidationStatus.Error, reason, result);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
    }
}

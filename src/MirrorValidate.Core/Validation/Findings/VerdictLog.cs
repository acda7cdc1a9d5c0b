using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Validation.Findings;

/// <summary>Logs verdicts in the words of image-tools.</summary>
internal static class VerdictLog
{
    internal static void Write(RequestContext context, MirrorImageResult result)
    {
        // A tag that differs between the sides is ONE=OTHER.
        string[] tags = result.Tag.Split('=');
        string from = result.Source.Length > 0 ? $"{result.Source}:{tags[0]}" : Printable.Of(result.Line);
        if (result.Status == nameof(ValidationStatus.Passed))
        {
            context.Log(LogLevel.Information, () => $"PASS [{from}] == [{result.Destination}:{tags[^1]}]");
            return;
        }

        if (result.Reason == nameof(ValidationReason.SpecMismatch))
        {
            context.Log(LogLevel.Error, () => $"srcSpec: {ManifestSpecJson.Indented(result.SourceSpec)}");
            context.Log(LogLevel.Error, () => $"dstSpec: {ManifestSpecJson.Indented(result.DestinationSpec)}");
        }

        context.Log(LogLevel.Error, () => $"Validate failed: {result.Message}");
        context.Log(LogLevel.Error, () => $"FAILED [{from}]");
    }
}

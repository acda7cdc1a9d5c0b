namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>A warning on its way to the pipeline thread.</summary>
/// <param name="Text">The sentence.</param>
internal sealed record PipelineWarning(string Text);

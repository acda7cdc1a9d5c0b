namespace MirrorValidate.Reports.Results;

/// <summary>What is said of a platform of a result.</summary>
/// <param name="Text">What differs, in a few words; empty for nothing.</param>
/// <param name="DigestDiffers">Whether the digests make the entry fail.</param>
/// <param name="PlatformDiffers">Whether the platforms make the entry fail.</param>
internal readonly record struct PlatformNote(string Text, bool DigestDiffers, bool PlatformDiffers);

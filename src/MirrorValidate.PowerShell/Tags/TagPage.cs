namespace MirrorValidate.PowerShell.Tags;

/// <summary>A step of listing the tags of a repository.</summary>
/// <param name="Tags">A page of tags; <see langword="null"/> if there are no more.</param>
/// <param name="Fault">Why they could not be listed; <see langword="null"/> if they were.</param>
internal sealed record TagPage(IReadOnlyList<string>? Tags, Exception? Fault);

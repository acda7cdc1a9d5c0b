namespace MirrorValidate.ImageLists.OpenTags;

/// <summary>What a list says of images whose tags only the source's registry knows.</summary>
/// <param name="Source">The source's repository as written.</param>
/// <param name="Destination">The destination's; <see langword="null"/> for a single reference.</param>
/// <param name="Choice">Which of the tags are meant.</param>
/// <param name="Platform">The platform that the entries are limited to; <see langword="null"/> for none.</param>
internal sealed record OpenTags(string Source, string? Destination, TagChoice Choice, string? Platform = null);

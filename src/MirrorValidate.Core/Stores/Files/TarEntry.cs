namespace MirrorValidate.Stores.Files;

/// <summary>What a tar archive says of an entry.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Length">The length of the content in bytes.</param>
/// <param name="Target">What a link names; empty for other kinds.</param>
/// <param name="Offset">Where the content begins in the archive.</param>
internal sealed record TarEntry(string Name, TarEntryKind Kind, long Length, string Target, long Offset);

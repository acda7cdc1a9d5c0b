namespace MirrorValidate.Stores.Files;

/// <summary>The kinds of entries in a tar archive that matter to a store.</summary>
internal enum TarEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>Another name of an entry before it. The target is named from the root.</summary>
    HardLink,

    /// <summary>A link. The target is named from the folder of the entry.</summary>
    SymbolicLink,

    /// <summary>A folder, a device, or anything else without content.</summary>
    Other,
}

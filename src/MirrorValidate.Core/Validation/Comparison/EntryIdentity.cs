using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Comparison;

/// <summary>What identifies an entry of a list: two entries are the same where all of it is equal.</summary>
internal sealed record EntryIdentity(string Digest, string Architecture, string OS, string Variant, string OSVersion)
{
    /// <summary>The identity of an entry; a platform that is not stated is one without members.</summary>
    internal static EntryIdentity Of(string digest, Platform? platform) => platform is null
        ? new EntryIdentity(digest, "", "", "", "")
        : new EntryIdentity(digest, platform.Architecture, platform.OS, platform.Variant, platform.OSVersion);
}

using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Comparison;

/// <summary>What identifies an entry of a list. Two entries with equal members are the same.</summary>
internal sealed record EntryIdentity(string Digest, string Architecture, string OS, string Variant, string OSVersion)
{
    /// <summary>The identity of an entry. A platform that is not stated counts as one without members.</summary>
    internal static EntryIdentity Of(string digest, Platform? platform) => platform is null
        ? new EntryIdentity(digest, "", "", "", "")
        : new EntryIdentity(digest, platform.Architecture, platform.OS, platform.Variant, platform.OSVersion);
}

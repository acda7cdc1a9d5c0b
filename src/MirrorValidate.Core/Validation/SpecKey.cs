using MirrorValidate.Manifests;

namespace MirrorValidate.Validation;

/// <summary>What the contract compares of an entry.</summary>
internal sealed record SpecKey(string Digest, string Architecture, string OS, string Variant, string OSVersion)
{
    /// <summary>The key of an entry; a platform that is not stated is one without members.</summary>
    internal static SpecKey Of(string digest, Platform? platform) => platform is null
        ? new SpecKey(digest, "", "", "", "")
        : new SpecKey(digest, platform.Architecture, platform.OS, platform.Variant, platform.OSVersion);
}

using System.Net.Http.Headers;

namespace MirrorValidate.Registries.Authentication;

/// <summary>What a request carries to prove who asks. Never prints its value.</summary>
/// <param name="header">The header.</param>
/// <param name="credential">The credential that it comes from, if any.</param>
/// <param name="token">The token in it, if it is one.</param>
/// <param name="isFresh">Whether it was made just now, so that renewing it is of no use.</param>
internal sealed class RequestAuthorization(AuthenticationHeaderValue header, RegistryCredential? credential, BearerToken? token, bool isFresh)
{
    internal AuthenticationHeaderValue Header => header;

    internal BearerToken? Token => token;

    internal bool IsFresh => isFresh;

    /// <summary>What no message may repeat, should the registry send it back.</summary>
    internal IReadOnlyCollection<string> Secrets => [header.Parameter!, .. credential?.Secrets ?? []];
}

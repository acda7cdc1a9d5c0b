using System.Net.Http.Headers;

namespace MirrorValidate.Registries.Authentication;

/// <summary>What a request carries to prove who asks. Never prints its value.</summary>
/// <param name="header">The header.</param>
/// <param name="credential">The credential that it comes from, if any.</param>
/// <param name="token">The token in it, if it is one.</param>
/// <param name="isFresh">Whether it was made just now, so that renewing it is of no use.</param>
internal sealed class RequestAuthorization(AuthenticationHeaderValue? header, RegistryCredential? credential, BearerToken? token, bool isFresh)
{
    /// <summary>Nothing that proves anything, as a first request carries.</summary>
    internal static RequestAuthorization None { get; } = new(header: null, credential: null, token: null, isFresh: false);

    internal AuthenticationHeaderValue? Header => header;

    internal RegistryCredential? Credential => credential;

    internal BearerToken? Token => token;

    internal bool IsFresh => isFresh;
}

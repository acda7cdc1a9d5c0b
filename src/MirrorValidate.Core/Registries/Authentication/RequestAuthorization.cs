using System.Net.Http.Headers;

namespace MirrorValidate.Registries.Authentication;

/// <summary>The authorization of a request. Not a record, so that it never prints its value.</summary>
/// <param name="header">The <c>Authorization</c> header; <see langword="null"/> for none.</param>
/// <param name="credential">The credential behind it; <see langword="null"/> if anonymous.</param>
/// <param name="token">The bearer token in the header; <see langword="null"/> for Basic.</param>
/// <param name="isFresh">Whether it was made for this attempt, so that renewing it would not help.</param>
internal sealed class RequestAuthorization(
    AuthenticationHeaderValue? header, RegistryCredential? credential, BearerToken? token, bool isFresh)
{
    /// <summary>No authorization, as of a first request.</summary>
    internal static RequestAuthorization None { get; } =
        new(header: null, credential: null, token: null, isFresh: false);

    internal AuthenticationHeaderValue? Header => header;

    internal RegistryCredential? Credential => credential;

    internal BearerToken? Token => token;

    internal bool IsFresh => isFresh;
}

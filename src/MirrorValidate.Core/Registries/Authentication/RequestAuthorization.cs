using System.Net.Http.Headers;

namespace MirrorValidate.Registries.Authentication;

/// <summary>The authorization of a request. Not a record, so that it never prints its value.</summary>
/// <param name="header">The <c>Authorization</c> header.</param>
/// <param name="challenge">The challenge that it answers.</param>
internal sealed class RequestAuthorization(AuthenticationHeaderValue header, Challenge challenge)
{
    internal AuthenticationHeaderValue Header => header;

    internal Challenge Challenge => challenge;

    /// <summary>The credential behind it; <see langword="null"/> if anonymous.</summary>
    internal RegistryCredential? Credential { get; init; }

    /// <summary>The bearer token in the header; <see langword="null"/> for Basic.</summary>
    internal BearerToken? Token { get; init; }

    /// <summary>The scope of the token; empty for Basic.</summary>
    internal string Scope { get; init; } = "";

    /// <summary>Whether it was made for this attempt, so that renewing it would not help.</summary>
    internal bool IsFresh { get; init; }

    /// <summary>Whether it answers a challenge to this request, instead of being sent up front.</summary>
    internal bool IsAnswer { get; init; }

    /// <summary>The Basic challenge that is left to try if this is refused, if any.</summary>
    internal Challenge? Basic { get; init; }

    /// <summary>Whether the password was sent by Basic in this attempt. It is never sent twice.</summary>
    internal bool HasSentPassword { get; init; }
}

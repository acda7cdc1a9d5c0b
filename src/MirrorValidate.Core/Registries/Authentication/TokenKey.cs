namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// What a bearer token is for. Includes the credential: two sides with different credentials on one host do not share
/// tokens.
/// </summary>
/// <param name="Realm">The token server.</param>
/// <param name="Service">The service, as the challenge names it.</param>
/// <param name="Scope">The scope, for example <c>repository:library/alpine:pull</c>.</param>
/// <param name="Credential">The credential; <see langword="null"/> for an anonymous token.</param>
internal sealed record TokenKey(Uri Realm, string Service, string Scope, RegistryCredential? Credential);

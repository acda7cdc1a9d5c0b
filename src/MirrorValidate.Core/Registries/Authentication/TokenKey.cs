namespace MirrorValidate.Registries.Authentication;

/// <summary>What a bearer token is for. Identities are told apart by credential, so that two sides on one host do not share tokens.</summary>
/// <param name="Realm">The token server.</param>
/// <param name="Service">The service that the challenge names.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Credential">Who asks; <see langword="null"/> for nobody in particular.</param>
internal sealed record TokenKey(Uri Realm, string Service, string Scope, RegistryCredential? Credential);

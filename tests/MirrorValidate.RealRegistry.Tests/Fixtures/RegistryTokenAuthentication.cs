namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>The token service of a registry.</summary>
/// <param name="Realm">The URL that issues tokens.</param>
/// <param name="Service">The name of the registry, which is the audience of its tokens.</param>
/// <param name="Issuer">Issuer of its tokens.</param>
/// <param name="RootCertificateBundle">The PEM file with the certificates whose keys may sign tokens.</param>
public sealed record RegistryTokenAuthentication(Uri Realm, string Service, string Issuer, string RootCertificateBundle);

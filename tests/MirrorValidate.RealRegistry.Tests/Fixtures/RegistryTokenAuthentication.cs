namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>What a registry tells about, and expects from, its token service.</summary>
/// <param name="Realm">Where tokens are issued.</param>
/// <param name="Service">Name of the registry: the audience of its tokens.</param>
/// <param name="Issuer">Issuer of its tokens.</param>
/// <param name="RootCertificateBundle">PEM file of the certificates whose keys may sign them.</param>
public sealed record RegistryTokenAuthentication(Uri Realm, string Service, string Issuer, string RootCertificateBundle);

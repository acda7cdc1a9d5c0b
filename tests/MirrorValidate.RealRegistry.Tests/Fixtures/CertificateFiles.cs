namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>A certificate and its private key as PEM files.</summary>
public sealed record CertificateFiles(string CertificatePath, string KeyPath);

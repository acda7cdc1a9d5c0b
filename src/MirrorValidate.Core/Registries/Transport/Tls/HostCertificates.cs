using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>
/// The certificates that a machine keeps for one registry, in Docker's layout: <c>DIRECTORY/HOST[:PORT]/</c> with <c>*.crt</c> for authorities
/// and pairs of <c>*.cert</c> and <c>*.key</c> for this client.
/// </summary>
/// <param name="Authorities">Authorities trusted for this registry, besides the system's.</param>
/// <param name="Clients">What this client shows to a registry that asks.</param>
internal sealed record HostCertificates(X509Certificate2Collection Authorities, X509Certificate2Collection Clients)
{
    /// <summary>Reads the certificates of a registry from all directories.</summary>
    /// <param name="names">The names that the registry may be kept under.</param>
    /// <param name="directories">The directories.</param>
    /// <exception cref="RegistryException">A file cannot be read; the message names it.</exception>
    internal static HostCertificates Read(IReadOnlyCollection<string> names, IEnumerable<string> directories)
    {
        var certificates = new HostCertificates([], []);
        foreach (string directory in directories.SelectMany(root => names.Select(name => Path.Combine(root, name))).Distinct().Where(Directory.Exists))
        {
            foreach (string file in Files(directory, "*.crt")) Load(file, () => certificates.Authorities.ImportFromPemFile(file));
            foreach (string file in Files(directory, "*.cert"))
                Load(file, () => certificates.Clients.Add(ReadClient(file, Path.ChangeExtension(file, ".key"))));
        }

        return certificates;
    }

    private static IEnumerable<string> Files(string directory, string pattern) => Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal);

    private static X509Certificate2 ReadClient(string certificate, string key)
    {
        using X509Certificate2 pair = X509Certificate2.CreateFromPemFile(certificate, key);
        // A key that exists in memory only cannot be used for TLS on Windows.
        return new X509Certificate2(pair.Export(X509ContentType.Pkcs12));
    }

    private static void Load(string file, Action load)
    {
        try
        {
            load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new RegistryException(RegistryFault.TlsFailure, $"cannot use the certificate {file}: {e.Message}", e);
        }
    }
}

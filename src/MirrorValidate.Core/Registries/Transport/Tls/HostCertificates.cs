using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>
/// The certificates kept for one registry, in Docker's layout: <c>DIRECTORY/HOST[:PORT]/</c> with <c>*.crt</c> for
/// authorities, and pairs of <c>*.cert</c> and <c>*.key</c> for this client.
/// </summary>
/// <param name="Authorities">The authorities trusted for this registry in addition to the system's.</param>
/// <param name="Clients">The client certificates, each followed by the intermediate certificates in its file.</param>
internal sealed record HostCertificates(
    X509Certificate2Collection Authorities, IReadOnlyList<X509Certificate2Collection> Clients) : IDisposable
{
    /// <summary>Reads the certificates of a registry from all directories.</summary>
    /// <param name="names">The names that the registry may have there.</param>
    /// <param name="directories">The directories.</param>
    /// <exception cref="RegistryException">A file cannot be read; the message names it.</exception>
    internal static HostCertificates Read(IReadOnlyCollection<string> names, IEnumerable<string> directories)
    {
        var authorities = new X509Certificate2Collection();
        var clients = new List<X509Certificate2Collection>();
        IEnumerable<string> possible =
            directories.SelectMany(root => names.Select(name => Path.Combine(root, NameOf(name))));
        foreach (string directory in possible.Distinct().Where(Directory.Exists))
        {
            foreach (string file in Files(directory, "*.crt")) Load(file, () => AddAuthorities(authorities, file));
            foreach (string file in Files(directory, "*.cert"))
                Load(file, () => clients.Add(ReadClient(file, Path.ChangeExtension(file, ".key"))));
        }

        return new HostCertificates(authorities, clients);
    }

    /// <summary>
    /// Adds the client certificates to a handshake; a single one together with its intermediate certificates.
    /// </summary>
    /// <param name="options">The handshake.</param>
    /// <param name="select">Selects a certificate when the host asks for one.</param>
    internal void ShowClient(SslClientAuthenticationOptions options, LocalCertificateSelectionCallback select)
    {
        if (Clients is [{ Count: > 1 } chain])
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(chain[0], chain, offline: true);
            return;
        }

        options.ClientCertificates = [.. Clients.Select(client => client[0])];
        options.LocalCertificateSelectionCallback = select;
    }

    /// <summary>
    /// Lets go of the certificates. Windows keeps the key of each client certificate in a file until then, which would
    /// outlive the process.
    /// </summary>
    public void Dispose()
    {
        foreach (X509Certificate2 certificate in Clients.SelectMany(client => client).Concat(Authorities))
            certificate.Dispose();
    }

    // File names have no colon on Windows; Docker omits it there.
    private static string NameOf(string host) =>
        OperatingSystem.IsWindows() ? host.Replace(":", "", StringComparison.Ordinal) : host;

    private static List<string> Files(string directory, string pattern)
    {
        var files = new List<string>();
        Load(
            directory,
            () => files.AddRange(Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal)));
        return files;
    }

    private static void AddAuthorities(X509Certificate2Collection authorities, string file)
    {
        int before = authorities.Count;
        authorities.ImportFromPemFile(file);
        // No PEM: DER, or else an error that is worth telling.
        if (authorities.Count == before) authorities.Import(file);
    }

    private static X509Certificate2Collection ReadClient(string certificate, string key)
    {
        using X509Certificate2 pair = X509Certificate2.CreateFromPemFile(certificate, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificate);
        // Windows cannot use a key that exists only in memory for TLS.
        chain[0] = new X509Certificate2(pair.Export(X509ContentType.Pkcs12));
        return chain;
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

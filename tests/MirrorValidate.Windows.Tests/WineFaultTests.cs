using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded;
using MirrorValidate.Tests.Processes;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// Faults of Wine that tests fail by, each shown by the same call from a script that uses nothing of ours. A fault that
/// is gone fails here: then its tests can be required. docs/windows.md names them.
/// </summary>
public sealed class WineFaultTests
{
    internal const string ReplacesNoOpenFile = "Wine replaces no open file";
    internal const string MakesNoCurveKeys = "Wine makes no keys of elliptic curves";

    private static readonly Lazy<ProcessOutput> Run = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    [WineTheory]
    [InlineData("replaces no open file")]
    [InlineData("writes to a read-only file as root")]
    [InlineData("makes no keys of elliptic curves")]
    [InlineData("reads no rsa key of a client certificate")]
    [InlineData("reads no ec key of a client certificate")]
    [InlineData("trusts a chain that ends before its root")]
    [InlineData("finds no addresses in certificates")]
    [InlineData("shows no client certificate")]
    [InlineData("does not say that a server asks for a client certificate")]
    public void Wine(string fault) => Assert.True(Run.Value.Lines.Contains(fault), Run.Value.Output + Run.Value.Error);

    private static async Task<ProcessOutput> StartAsync()
    {
        await using WinePrefix wine = await WinePrefix.CreateAsync();
        using X509Certificate2 authority = CertificateFactory.CreateAuthority();
        using X509Certificate2 server = CertificateFactory.CreateServer(authority, ["127.0.0.1", "localhost"]);
        using X509Certificate2 curve = CertificateFactory.CreateClient(authority);
        using X509Certificate2 rsa = CreateRsaClient(authority);
        await using EmbeddedRegistry plain =
            await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = server });
        await using EmbeddedRegistry mutual = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions
        {
            ServerCertificate = server,
            RequireClientCertificate = true,
            ClientCertificateAuthority = authority,
        });
        await CheckAcceptedAsync(mutual, authority, rsa);
        Write("server.crt", server.ExportCertificatePem());
        Write("client-ec.crt", curve.ExportCertificatePem());
        Write("client-ec.key", curve.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Write("client-rsa.crt", rsa.ExportCertificatePem());
        Write("client-rsa.key", rsa.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllBytesAsync(
            Path.Combine(wine.Scratch, "client-rsa.pfx"), rsa.Export(X509ContentType.Pkcs12, "client"));
        return await wine.RunScriptAsync(
            Path.Combine(BuildValues.RepositoryRoot, "tests", "MirrorValidate.Windows.Tests", "WineFaults.ps1"),
            [
                "-Folder", WinePrefix.WindowsPath(wine.Scratch),
                "-Port", $"{plain.Port}",
                "-MutualPort", $"{mutual.Port}",
            ]);

        void Write(string name, string text) => File.WriteAllText(Path.Combine(wine.Scratch, name), text);
    }

    // The same certificate, from Linux: that it is not taken is not the server's fault.
    private static async Task CheckAcceptedAsync(
        EmbeddedRegistry registry, X509Certificate2 authority, X509Certificate2 client)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.ClientCertificates = [client];
        using var http = new HttpClient(handler);
        using HttpResponseMessage response = await http.GetAsync(new Uri(registry.BaseAddress, "/v2/"));
        response.EnsureSuccessStatusCode();
    }

    private static X509Certificate2 CreateRsaClient(X509Certificate2 authority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var signer = X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 issued =
            request.Create(authority.SubjectName, signer, now.AddDays(-1), now.AddDays(1), [1]);
        return issued.CopyWithPrivateKey(key);
    }
}

using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>Validates the certificate of one host and keeps the reason for a refusal, for the message.</summary>
/// <param name="acceptAny">Whether any certificate is accepted: the user named the host insecure.</param>
/// <param name="authorities">The authorities trusted for this host in addition to the system's.</param>
internal sealed class CertificateCheck(bool acceptAny, X509Certificate2Collection authorities)
{
    private const X509ChainStatusFlags UnknownIssuer =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private volatile string? _problem;
    private volatile string? _clientProblem;
    private volatile bool _hasAnswered;

    /// <summary>Why the last certificate was refused.</summary>
    internal string? Problem => _problem;

    /// <summary>
    /// What may be wrong with the client certificate: the host asked for one and has not responded since. In TLS 1.3 a
    /// host refuses it only after the handshake (RFC 8446, section 4.4.2.4), by breaking the connection.
    /// </summary>
    internal string? ClientProblem => _clientProblem;

    /// <summary>
    /// Notes a response: the host accepts this client, so a connection that breaks later breaks for another reason.
    /// </summary>
    internal void NoteResponse()
    {
        _hasAnswered = true;
        _clientProblem = null;
    }

    /// <summary>Selects one of the client certificates kept for the host.</summary>
    internal X509Certificate SelectClient(
        object sender,
        string targetHost,
        X509CertificateCollection kept,
        X509Certificate? remoteCertificate,
        string[] acceptableIssuers)
    {
        // The first call, before the handshake: the second one says what the host asks for.
        if (remoteCertificate is null) return null!;
        X509Certificate[] own = [.. kept.Cast<X509Certificate>()];
        if (!_hasAnswered)
        {
            _clientProblem = own.Length == 0
                ? "the host asks for a client certificate, and none is kept for it"
                : "the host asks for a client certificate, and did not take the one that is kept for it";
        }

        return own.FirstOrDefault(one => acceptableIssuers.Contains(one.Issuer)) ?? own.FirstOrDefault()!;
    }

    internal bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _problem = acceptAny || errors == SslPolicyErrors.None
            ? null
            : Check(certificate as X509Certificate2, chain, errors);
        return _problem is null;
    }

    private string? Check(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the host sent no certificate";
        bool isChainRefused = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        X509ChainStatusFlags status = authorities.Count > 0 && isChainRefused
            ? StatusByAuthorities(certificate, chain)
            : StatusOf(chain);

        var problems = new List<string>();
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid)) problems.Add(Validity(certificate));
        if ((status & UnknownIssuer) != 0)
            problems.Add($"the certificate's issuer is unknown (\"{RegistryErrorText.Clean(certificate.Issuer)}\")");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            string name = RegistryErrorText.Clean(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false));
            problems.Add($"the certificate is for another host (\"{name}\")");
        }

        if (problems.Count == 0 && status != X509ChainStatusFlags.NoError)
            problems.Add($"the certificate is not valid ({status})");
        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    // The system does not know the issuer; the authorities kept for this host may.
    private X509ChainStatusFlags StatusByAuthorities(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // A certificate issued for a client is not valid for a server.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
            foreach (X509ChainElement element in sent.ChainElements)
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate) ? X509ChainStatusFlags.NoError : StatusOf(chain);
    }

    private static X509ChainStatusFlags StatusOf(X509Chain? chain) =>
        (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);

    private static string Validity(X509Certificate2 certificate) => certificate.NotBefore > DateTime.Now
        ? $"the certificate is not yet valid (before {Minute(certificate.NotBefore)})"
        : $"the certificate has expired ({Minute(certificate.NotAfter)})";

    private static string Minute(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

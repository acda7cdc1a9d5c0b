using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Registries.Transport;

/// <summary>Decides on the certificate of one host and remembers, for the message, why it was refused.</summary>
/// <param name="acceptAny">The user named the host insecure: any certificate will do.</param>
internal sealed class CertificateCheck(bool acceptAny)
{
    private volatile string? _problem;

    /// <summary>Why the last certificate was refused.</summary>
    internal string? Problem => _problem;

    internal bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (acceptAny || errors == SslPolicyErrors.None)
        {
            _problem = null;
            return true;
        }

        _problem = Describe(certificate as X509Certificate2, chain, errors);
        return false;
    }

    private static string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "the host sent no certificate";
        var problems = new List<string>();
        X509ChainStatusFlags status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the certificate has expired or is not yet valid (valid from {certificate.NotBefore:yyyy-MM-dd HH:mm} to {certificate.NotAfter:yyyy-MM-dd HH:mm})"));
        }

        if ((status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
            problems.Add($"the certificate's issuer is unknown (\"{RegistryErrorText.Clean(certificate.Issuer)}\")");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            problems.Add($"the certificate is for another host (\"{RegistryErrorText.Clean(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false))}\")");
        if (problems.Count == 0) problems.Add($"the certificate is not valid ({status})");
        return string.Join("; ", problems);
    }
}

using System.Net;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>How skopeo talks to one registry.</summary>
public sealed record SkopeoEndpoint
{
    /// <value>null: anonymous.</value>
    public NetworkCredential? Credential { get; init; }

    /// <summary>Directory with the registry's <c>ca.crt</c> and, for mutual TLS, <c>client.cert</c> and <c>client.key</c>.</summary>
    /// <value>null: plain HTTP and any certificate will do.</value>
    public string? CertificateDirectory { get; init; }

    /// <param name="side"><c>src-</c>, <c>dest-</c>, or nothing for commands of one image.</param>
    internal IEnumerable<string> Arguments(string side)
    {
        yield return Credential is { } user ? $"--{side}creds={user.UserName}:{user.Password}" : $"--{side}no-creds";
        yield return CertificateDirectory is { } directory ? $"--{side}cert-dir={directory}" : $"--{side}tls-verify=false";
    }
}

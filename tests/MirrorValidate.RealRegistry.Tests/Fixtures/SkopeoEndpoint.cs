using System.Net;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>skopeo's options for a registry.</summary>
public sealed record SkopeoEndpoint
{
    /// <value>null: anonymous.</value>
    public NetworkCredential? Credential { get; init; }

    /// <summary>
    /// Directory with the registry's <c>ca.crt</c> and, for mutual TLS, <c>client.cert</c> and <c>client.key</c>.
    /// </summary>
    /// <value>null: plain HTTP and any certificate are accepted.</value>
    public string? CertificateDirectory { get; init; }

    /// <param name="side"><c>src-</c>, <c>dest-</c>, or empty for commands with a single image.</param>
    internal IEnumerable<string> Arguments(string side)
    {
        yield return Credential is { } user ? $"--{side}creds={user.UserName}:{user.Password}" : $"--{side}no-creds";
        yield return CertificateDirectory is { } directory ? $"--{side}cert-dir={directory}" : $"--{side}tls-verify=false";
    }
}

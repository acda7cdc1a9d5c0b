using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// Signs JSON Web Tokens for CNCF Distribution (its docs/spec/auth/jwt.md): ES256, the certificate of the key in
/// <c>x5c</c>.
/// </summary>
internal sealed class TokenSigner : IDisposable
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly string _audience;

    public TokenSigner(string issuer, string audience)
    {
        Issuer = issuer;
        _audience = audience;
        var request = new CertificateRequest($"CN={issuer}", _key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    public string Issuer { get; }

    public string CertificatePem => _certificate.ExportCertificatePem();

    public string Sign(IEnumerable<TokenScope> scopes, TimeSpan lifetime)
    {
        var now = DateTimeOffset.UtcNow;
        var expiry = now + lifetime;
        var header = new { typ = "JWT", alg = "ES256", x5c = new[] { Convert.ToBase64String(_certificate.RawData) } };
        var claims = new
        {
            iss = Issuer,
            sub = "test",
            aud = _audience,
            exp = expiry.ToUnixTimeSeconds(),
            nbf = (now - ClockSkew).ToUnixTimeSeconds(),
            iat = now.ToUnixTimeSeconds(),
            jti = Guid.NewGuid().ToString("N"),
            access = scopes.Select(scope => new { type = scope.Type, name = scope.Name, actions = scope.Actions }),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}

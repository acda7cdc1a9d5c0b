using MirrorValidate.Embedded;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>Challenges, realms, token servers, redirects, certificates.</summary>
internal static class AccessFaults
{
    private static readonly FixedCredential User = Run.User("mirror", "correct horse");

    internal static IEnumerable<FaultCase> All => [.. Challenges, .. TokenServers, .. Redirects, .. Certificates];

    private static IEnumerable<FaultCase> Challenges =>
    [
        Challenge("401 without a challenge", null, "401 Unauthorized (access denied, or the repository may not exist): UNAUTHORIZED"),
        Challenge("401 with a password wanted and none there", "Basic realm=\"x\"", "401 Unauthorized"),
        Challenge("401 of an unknown scheme", "Negotiate", "401 Unauthorized"),
        Challenge("realm on another host", "Bearer realm=\"https://collector.example.net/token\"", "its realm https://collector.example.net is on another host than the registry; -TrustedRealm collector.example.net would allow it"),
        Challenge("realm on another loopback host", "Bearer realm=\"https://127.0.0.2/token\"", "its realm https://127.0.0.2 is on another host", "-TrustedRealm 127.0.0.2"),
        Challenge("realm that is not HTTPS", "Bearer realm=\"http://collector.example.net/token\"", "is not HTTPS", "-InsecureRegistry collector.example.net"),
        Challenge("realm with a user", "Bearer realm=\"https://u:p@127.0.0.1/token\"", "carries user information"),
        Challenge("realm that is no URL", "Bearer realm=\"token please\"", "its realm \"token please\" is not an http URL"),
        Challenge("no realm", "Bearer service=\"x\"", "names no realm"),
        Challenge("realm that is a metadata service", "Bearer realm=\"http://169.254.169.254/latest\"", "its realm http://169.254.169.254 is not HTTPS"),
        new(
            "trusted realm that is down", (registry, _) => registry.Faults.Add(Unauthorized("Bearer realm=\"https://127.0.0.2:1/token\"")),
            ValidationStatus.Error, ValidationReason.RegistryUnavailable, 6, "GET https://127.0.0.2:1/token", "the connection was refused")
        {
            Options = Run.Quick with { TrustedRealms = [RegistryHost.Parse("127.0.0.2")] }, Attempts = 3,
        },
        new(
            "wrong password", (registry, _) => registry.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "another" } },
            ValidationStatus.Error, ValidationReason.Unauthorized, 2, "401 Unauthorized", "UNAUTHORIZED") { Credential = User, Attempts = 1 },
    ];

    private static IEnumerable<FaultCase> TokenServers =>
    [
        Token("token server says 401", new Fault { Status = 401 }, ValidationReason.Unauthorized, 2, "401 Unauthorized", "UNAUTHORIZED"),
        Token("token server says 403", new Fault { Status = 403 }, ValidationReason.Forbidden, 2, "403 Forbidden"),
        Token("token server says 404", new Fault { Status = 404 }, ValidationReason.Unauthorized, 2, "404 Not Found"),
        Token("token server says 400", new Fault { Status = 400 }, ValidationReason.Unauthorized, 2, "400 Bad Request"),
        Token("token server says 429 for an hour", new Fault { Status = 429, Headers = { ["Retry-After"] = "3600" } }, ValidationReason.RateLimited, 2, "429 Too Many Requests", "asks to wait 3600 s"),
        Token("token server says 500", new Fault { Status = 500 }, ValidationReason.RegistryUnavailable, 6, "500 Internal Server Error"),
        Token("token server says 503", new Fault { Status = 503 }, ValidationReason.RegistryUnavailable, 6, "503 Service Unavailable"),
        Token("token server redirects", new Fault { RedirectTo = "https://127.0.0.2/token" }, ValidationReason.UnexpectedResponse, 2, "307 Temporary Redirect to https://127.0.0.2 was not followed"),
        Token("token answer is a page", new Fault { Body = "<html>", ContentType = "text/html" }, ValidationReason.Unauthorized, 2, "not a JSON object with a token"),
        Token("token answer has no token", new Fault { Body = "{\"token\":\"\",\"access_token\":7}" }, ValidationReason.Unauthorized, 2, "has no token"),
        Token("token cannot stand in a header", new Fault { Body = "{\"token\":\"a\\r\\nX-Injected: 1\"}" }, ValidationReason.Unauthorized, 2, "has no token"),
        Token("token answer of 1 MiB and a byte", new Fault { BodyBytes = new byte[(1024 * 1024) + 1] }, ValidationReason.ResponseTooLarge, 2, "larger than 1048576 bytes"),
        Token("token answer without an end", new Fault { EndlessBody = true }, ValidationReason.ResponseTooLarge, 2, "larger than 1048576 bytes"),
        Token("token connection reset", new Fault { AbortConnection = true }, ValidationReason.RegistryUnavailable, 6, "the connection"),
        Token("token is not taken", new Fault { Body = "{\"token\":\"of-somebody-else\"}" }, ValidationReason.Unauthorized, 3, "401 Unauthorized") with { Says = ["401 Unauthorized"] },
        Hanging(),
    ];

    private static IEnumerable<FaultCase> Redirects =>
    [
        Redirect("redirect to itself", "{path}", 6, "more than 5 redirects"),
        FaultCase.Of("redirect to nowhere", () => new Fault { Status = 302, Body = "" }, ValidationReason.UnexpectedResponse, 1, "302 without a Location"),
        Redirect("redirect to another scheme", "ftp://127.0.0.1/x", 1, "a redirect to ftp or with user information was not followed"),
        Redirect("redirect to a file", "file:///etc/passwd", 1, "a redirect to file or with"),
        Redirect("redirect with a user", "https://u:p@127.0.0.1/x", 1, "with user information was not followed"),
        Redirect("redirect to plain HTTP", "http://storage.example.net/x?signature=0123456789abcdef0123", 1, "a redirect to http://storage.example.net/x was not followed: it is not HTTPS; -InsecureRegistry storage.example.net"),
        Redirect("redirect to a metadata service", "http://169.254.169.254/latest/meta-data/", 1, "169.254.169.254 was not asked: it is link-local, and a registry may not send its clients there"),
        Redirect("redirect to a metadata service over HTTPS", "https://[fd00:ec2::254]/latest/", 1, "was not asked: it is a metadata service's"),
        new("redirect to a host that refuses", (registry, other) => To(registry, other, new Fault { Status = 403, Body = "<Error><Signature>words</Signature></Error>", ContentType = "application/xml" }), ValidationStatus.Error, ValidationReason.Forbidden, 2, "403 Forbidden", "which the registry redirected to") { Attempts = 1 },
        new("redirect to a host that has a page for it", (registry, other) => To(registry, other, new Fault { Status = 404, Body = "<html>", ContentType = "text/html" }), ValidationStatus.Error, ValidationReason.UnexpectedResponse, 2, "404 Not Found from ", "which the registry redirected to") { Attempts = 1 },
        new("redirect to a host that is down", (registry, other) => To(registry, other, new Fault { AbortConnection = true }), ValidationStatus.Error, ValidationReason.RegistryUnavailable, 6, "which the registry redirected to: the connection") { Attempts = 3 },
    ];

    private static IEnumerable<FaultCase> Certificates =>
    [
        Certificate("certificate of an unknown issuer", () => CertificateFactory.CreateServer(CertificateFactory.CreateAuthority("Unknown Authority"), ["127.0.0.1"]), "the certificate's issuer is unknown (\"CN=Unknown Authority\")"),
        Certificate("certificate of its own", () => CertificateFactory.CreateServer(null, ["127.0.0.1"]), "the certificate's issuer is unknown (\"CN=embedded registry\")"),
        Certificate("certificate that has expired", () => CertificateFactory.CreateServer(null, ["127.0.0.1"], DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2)), "the certificate has expired ("),
        Certificate("certificate of tomorrow", () => CertificateFactory.CreateServer(null, ["127.0.0.1"], DateTimeOffset.UtcNow.AddDays(2)), "the certificate is not yet valid ("),
        Certificate("certificate of another host", () => CertificateFactory.CreateServer(null, ["registry.example.net"]), "the certificate is for another host (\"registry.example.net\")"),
    ];

    private static FaultCase Challenge(string name, string? challenge, params string[] says) =>
        FaultCase.Of(name, () => Unauthorized(challenge), ValidationReason.Unauthorized, 1, says);

    private static Fault Unauthorized(string? challenge) =>
        challenge is null ? new Fault { Status = 401 } : new Fault { Status = 401, Headers = { ["WWW-Authenticate"] = challenge } };

    private static FaultCase Token(string name, Fault fault, ValidationReason reason, int requests, params string[] says) => new(
        name,
        (registry, _) =>
        {
            registry.Options.Authentication = new BearerAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
            registry.Faults.Add(With(fault));
        },
        ValidationStatus.Error,
        reason,
        requests,
        ["/token (token for repository:team/app:pull): ", .. says])
    {
        Credential = User,
        Attempts = requests / 2,
    };

    private static FaultCase Hanging()
    {
        var hangs = new Fault { HangForever = true };
        FaultCase row = Token("token server does not answer", hangs, ValidationReason.TimedOut, 2).Impatient;
        string asked = $"{FaultCase.NoAnswer} to GET http://127.0.0.1:";
        return row with { Says = [asked, "/token (token for repository:team/app:pull)"] };
    }

    // A row is run for both sides, and a fault counts: each gets its own.
    private static Fault With(Fault fault)
    {
        var copy = new Fault
        {
            Path = BearerAuthentication.TokenPath,
            Status = fault.Status,
            Body = fault.Body,
            BodyBytes = fault.BodyBytes,
            ContentType = fault.ContentType,
            RedirectTo = fault.RedirectTo,
            EndlessBody = fault.EndlessBody,
            AbortConnection = fault.AbortConnection,
            HangForever = fault.HangForever,
        };
        foreach (var header in fault.Headers) copy.Headers.Add(header);
        return copy;
    }

    private static FaultCase Redirect(string name, string to, int requests, params string[] says) =>
        FaultCase.Of(name, () => new Fault { RedirectTo = to }, ValidationReason.UnexpectedResponse, requests, says) with { Attempts = 1 };

    private static void To(EmbeddedRegistry registry, EmbeddedRegistry other, Fault there)
    {
        registry.Faults.Add(new Fault { Path = Mirror.Manifest, RedirectTo = $"http://{other.Host}/storage/blob?X-Signature=0123456789abcdef0123456789" });
        other.Faults.Add(new Fault
        {
            Path = "/storage/*",
            Status = there.Status,
            Body = there.Body,
            ContentType = there.ContentType,
            AbortConnection = there.AbortConnection,
        });
    }

    private static FaultCase Certificate(string name, Func<System.Security.Cryptography.X509Certificates.X509Certificate2> certificate, string says) =>
        new(name, (_, _) => { }, ValidationStatus.Error, ValidationReason.TlsFailure, 1, says) { Certificate = certificate };
}

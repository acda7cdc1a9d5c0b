using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Where credentials may go on the word of a registry (CVE-2026-48978, CVE-2025-51471).</summary>
public sealed class RealmPolicyTests
{
    [Theory]
    [InlineData("docker.io", "https://auth.docker.io/token")]
    [InlineData("registry.hub.docker.com", "https://auth.docker.io/token")]
    [InlineData("registry.gitlab.com", "https://gitlab.com/jwt/auth")]
    [InlineData("nvcr.io", "https://authn.nvidia.com/token")]
    [InlineData("lscr.io", "https://ghcr.io/token")]
    [InlineData("ghcr.io", "https://ghcr.io/token")]
    [InlineData("team.azurecr.io", "https://team.azurecr.io/oauth2/token")]
    [InlineData("registry.example.co.uk", "https://auth.example.co.uk/token")]
    [InlineData("harbor.example.com:8443", "https://harbor.example.com:8443/service/token")]
    [InlineData("harbor.example.com:8443", "https://harbor.example.com/service/token")]
    [InlineData("REGISTRY.example.com", "https://registry.EXAMPLE.com/token")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5001/auth")]
    [InlineData("[::1]:5000", "http://[::1]:5001/auth")]
    [InlineData("localhost:5000", "http://localhost:5001/auth")]
    [InlineData("harbor", "https://harbor/service/token")]
    public void Own_and_known_realms_are_asked(string registry, string realm) =>
        Assert.Null(RealmPolicy.Refuse(realm, Host(registry), Base(registry), new RegistryOptions(), out _));

    [Theory]
    [InlineData("registry.example.com", "https://collector.example.net/token", "is on another host than the registry; -TrustedRealm collector.example.net would allow it")]
    [InlineData("registry.example.com", "https://example.com.evil.net/token", "another host")]
    [InlineData("registry.example.com", "https://registry.example.com.evil.net/token", "another host")]
    [InlineData("registry.example.com", "https://evilexample.com/token", "another host")]
    [InlineData("registry.example.co.uk", "https://evil.co.uk/token", "another host")]
    [InlineData("one.azurecr.io", "https://other.azurecr.io/token", "another host")]
    [InlineData("one.github.io", "https://other.github.io/token", "another host")]
    [InlineData("d1.cloudfront.net", "https://d2.cloudfront.net/token", "another host")]
    [InlineData("ghcr.io", "https://authn.nvidia.com/token", "another host")]
    [InlineData("127.0.0.1:5000", "https://127.0.0.2/token", "another host")]
    [InlineData("127.0.0.1:5000", "http://localhost:5000/token", "another host")]
    [InlineData("10.0.0.1", "https://10.0.0.2/token", "another host")]
    [InlineData("harbor", "https://auth/token", "another host")]
    [InlineData("registry.example.com", "https://169.254.169.254/latest/meta-data", "another host")]
    [InlineData("registry.example.com", "http://auth.example.com/token", "is not HTTPS; -InsecureRegistry auth.example.com would allow it")]
    [InlineData("registry.example.com", "http://127.0.0.1:5000/token", "another host")]
    [InlineData("registry.example.com", "https://user:word@registry.example.com/token", "carries user information")]
    [InlineData("registry.example.com", "ftp://registry.example.com/token", "is not an http URL")]
    [InlineData("registry.example.com", "file:///etc/passwd", "is not an http URL")]
    [InlineData("registry.example.com", "/token", "is not an http URL")]
    [InlineData("registry.example.com", "no\u001b[2J url", "its realm \"no [2J url\" is not an http URL")]
    [InlineData("registry.example.com", "https://bad_host.example.com/token", "malformed")]
    [InlineData("registry.example.com", "", "names no realm")]
    [InlineData("registry.example.com", null, "names no realm")]
    public void Foreign_realms_are_refused_and_the_setting_is_named(string registry, string? realm, string why)
    {
        string? refusal = RealmPolicy.Refuse(realm, Host(registry), Base(registry), new RegistryOptions(), out Uri? uri);

        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("word", refusal, StringComparison.Ordinal);
        Assert.Null(uri);
    }

    [Theory]
    [InlineData("auth.example.net", "https://auth.example.net/token", true)]
    [InlineData("auth.example.net", "https://auth.example.net:8443/token", true)]
    [InlineData("auth.example.net:8443", "https://auth.example.net:8443/token", true)]
    [InlineData("auth.example.net:8443", "https://auth.example.net/token", false)]
    [InlineData("auth.example.net", "https://x.auth.example.net/token", false)]
    [InlineData("auth.example.net", "http://auth.example.net/token", false)]
    public void Trusted_realms_are_named_exactly_and_still_use_HTTPS(string trusted, string realm, bool isAsked)
    {
        var options = new RegistryOptions { TrustedRealms = [Host(trusted)] };
        Assert.Equal(isAsked, RealmPolicy.Refuse(realm, Host("registry.example.com"), Base("registry.example.com"), options, out _) is null);
    }

    [Fact]
    public void Naming_a_host_insecure_does_not_make_it_a_realm()
    {
        var options = new RegistryOptions { InsecureRegistries = [Host("collector.example.net")] };
        Assert.Contains("another host", RealmPolicy.Refuse("http://collector.example.net/token", Host("registry.example.com"), Base("registry.example.com"), options, out _), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("harbor.example.com", "http://harbor.example.com/service/token", "https://harbor.example.com/service/token")]
    [InlineData("harbor.example.com:8443", "http://harbor.example.com/service/token", "https://harbor.example.com:8443/service/token")]
    [InlineData("harbor.example.com", "http://harbor.example.com:8080/service/token", "https://harbor.example.com:8080/service/token")]
    public void Plain_realm_of_a_front_that_ends_TLS_is_asked_by_HTTPS(string registry, string realm, string asked)
    {
        Assert.Null(RealmPolicy.Refuse(realm, Host(registry), Base(registry), new RegistryOptions(), out Uri? uri));
        Assert.Equal(asked, uri!.AbsoluteUri);
    }

    private static RegistryHost Host(string name) => RegistryHost.Parse(name);

    private static Uri Base(string name) => new($"https://{Host(name).ApiAuthority}/");
}

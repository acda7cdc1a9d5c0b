using System.Text;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

public sealed class CredentialFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("registry.example.com", "alice")]
    [InlineData("REGISTRY.example.com", "alice")]
    [InlineData("registry.example.com:5000", "bob")]
    [InlineData("docker.io", "hub")]
    [InlineData("index.docker.io", "hub")]
    [InlineData("registry-1.docker.io", "hub")]
    [InlineData("quoted.example.com", "carol")]
    [InlineData("old.example.com", "dave")]
    [InlineData("127.0.0.1:5000", "loop")]
    [InlineData("[::1]:5000", "six")]
    [InlineData("registry.example.co", null)]
    [InlineData("registry.example.com.evil.net", null)]
    [InlineData("sub.registry.example.com", null)]
    [InlineData("127.0.0.2:5000", null)]
    [InlineData("localhost:5000", null)]
    [InlineData("namespace.example.com", null)]
    [InlineData("empty.example.com", null)]
    public async Task Hosts_match_exactly(string host, string? user)
    {
        Write($$$"""
            {"auths":{
              "registry.example.com":{"auth":"{{{Pair("alice:a:b")}}}"},
              "registry.example.com:5000":{"auth":"{{{Pair("bob:b")}}}"},
              "https://index.docker.io/v1/":{"auth":"{{{Pair("hub:h")}}}"},
              "https://quoted.example.com/v2/":{"auth":"{{{Pair("carol:c")}}}"},
              "old.example.com":{"username":"dave","password":"d"},
              "127.0.0.1:5000":{"auth":"{{{Pair("loop:l")}}}"},
              "[::1]:5000":{"auth":"{{{Pair("six:s")}}}"},
              "namespace.example.com/team":{"auth":"{{{Pair("eve:e")}}}"},
              "empty.example.com":{}
            },"HttpHeaders":{"X":"y"}}
            """);

        Assert.Equal(user, (await FindAsync(host))?.UserName);
    }

    [Fact]
    public async Task Password_may_hold_colons_and_an_identity_token_wins()
    {
        Write($$$"""{"auths":{"a.example":{"auth":"{{{Pair("u:p:q")}}}"},"b.example":{"auth":"{{{Pair("u:p")}}}","identitytoken":"token"} }}""");

        RegistryCredential password = (await FindAsync("a.example"))!;
        RegistryCredential identity = (await FindAsync("b.example"))!;

        Assert.Equal(("p:q", false), (password.Secret, password.IsIdentityToken));
        Assert.Equal(("token", true), (identity.Secret, identity.IsIdentityToken));
    }

    [Theory]
    [InlineData("not JSON", "is not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"hunter2hunter2\"}}}", "\"auth\" member")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"%%%hunter2\"}}}", "\"auth\" member")]
    public async Task What_cannot_be_read_is_an_error_that_names_the_file_and_repeats_nothing(string text, string why)
    {
        Write(text);

        CredentialException e = await Assert.ThrowsAsync<CredentialException>(async () => await FindAsync("a.example"));

        Assert.Contains(_path, e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_entry_costs_its_own_host_only()
    {
        Write($$$"""{"auths":{"a.example":{"auth":"%%%"},"b.example":{"auth":"{{{Pair("bob:b")}}}"} }}""");

        Assert.Equal("bob", (await FindAsync("b.example"))?.UserName);
        Assert.Null(await FindAsync("c.example"));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_has_nothing() =>
        Assert.Null(await new CredentialFile(_path + ".none").FindAsync(RegistryHost.Parse("a.example"), default));

    [Fact]
    public async Task The_first_source_that_has_one_is_used_and_one_that_fails_ends_the_search()
    {
        Write("not JSON");
        var fails = new CredentialFile(_path);
        FixedCredential first = Run.User("first", "1");

        (RegistryCredential? credential, string? source) =
            await new CredentialChain(new CredentialFile(_path + ".none"), first, fails).FindWithSourceAsync(RegistryHost.Parse("a.example"), default);

        Assert.Equal(("first", "the test"), (credential?.UserName, source));
        await Assert.ThrowsAsync<CredentialException>(async () => await new CredentialChain(fails, first).FindAsync(RegistryHost.Parse("a.example"), default));
    }

    [Fact]
    public void A_credential_never_shows_its_secret()
    {
        Assert.Equal("user \"alice\"", RegistryCredential.Basic("alice", "hunter2").ToString());
        Assert.Equal("identity token", RegistryCredential.IdentityToken("hunter2").ToString());
        Assert.DoesNotContain(typeof(RegistryCredential).GetProperties(), property => property.Name.Contains("Secret", StringComparison.Ordinal));
    }

    private static string Pair(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private void Write(string text) => File.WriteAllText(_path, text);

    private ValueTask<RegistryCredential?> FindAsync(string host) => new CredentialFile(_path).FindAsync(RegistryHost.Parse(host), default);
}

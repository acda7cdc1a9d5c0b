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
        Assert.Null(await new CredentialFile(_path + ".none").FindAsync(RegistryHost.Parse("a.example"), "app", default));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    public async Task A_file_with_nothing_in_it_has_nothing(string text)
    {
        Write(text);

        Assert.Null(await FindAsync("a.example"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_is_passed_over(string encoding)
    {
        await File.WriteAllTextAsync(_path, $$$"""{"auths":{"a.example":{"auth":"{{{Pair("alice:a")}}}"} } }""", Encoding.GetEncoding(encoding));

        Assert.Equal("alice", (await FindAsync("a.example"))?.UserName);
    }

    [Theory]
    [InlineData("team/app", "team")]
    [InlineData("team", "team")]
    [InlineData("team/sub/app", "sub")]
    [InlineData("team/sub", "sub")]
    [InlineData("team/submarine", "team")]
    [InlineData("team/empty/app", "team")]
    [InlineData("teams/app", "host")]
    [InlineData("other/team/app", "host")]
    public async Task The_longest_path_that_a_repository_is_under_counts(string repository, string user)
    {
        Write($$$"""
            {"auths":{
              "a.example":{"auth":"{{{Pair("host:1")}}}"},
              "a.example/team":{"auth":"{{{Pair("team:2")}}}"},
              "a.example/team/sub":{"auth":"{{{Pair("sub:3")}}}"},
              "a.example/team/empty":{},
              "a.example:5000/team/app":{"auth":"{{{Pair("port:4")}}}"}
            } }
            """);

        Assert.Equal(user, (await FindAsync("a.example", repository))?.UserName);
    }

    [Theory]
    [InlineData("library/nginx", "official")]
    [InlineData("team/app", "hub")]
    public async Task Docker_Hub_has_paths_too(string repository, string user)
    {
        Write($$$"""{"auths":{"https://index.docker.io/v1/":{"auth":"{{{Pair("hub:h")}}}"},"docker.io/library":{"auth":"{{{Pair("official:o")}}}"} } }""");

        Assert.Equal(user, (await FindAsync("docker.io", repository))?.UserName);
    }

    [Theory]
    [InlineData("\"https://a.example\":URL,\"a.example\":NAME")]
    [InlineData("\"a.example\":NAME,\"https://a.example\":URL")]
    [InlineData("\"http://a.example/v2/\":URL,\"https://a.example/some/path\":URL,\"a.example\":NAME")]
    [InlineData("\"a.example/v1/\":URL,\"a.example\":NAME")]
    public async Task The_exact_key_beats_others_wherever_it_stands(string keys)
    {
        Write("{\"auths\":{" + keys
            .Replace("NAME", $"{{\"auth\":\"{Pair("name:n")}\"}}", StringComparison.Ordinal)
            .Replace("URL", $"{{\"auth\":\"{Pair("url:u")}\"}}", StringComparison.Ordinal) + "}}");

        Assert.Equal("name", (await FindAsync("a.example"))?.UserName);
    }

    [Fact]
    public async Task The_path_of_a_URL_means_nothing()
    {
        Write($$$"""{"auths":{"https://a.example/some/path":{"auth":"{{{Pair("url:u")}}}"} } }""");

        Assert.Equal("url", (await FindAsync("a.example"))?.UserName);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task A_helper_without_a_name_is_none_and_not_the_default_one_either(string helper)
    {
        Write($$$"""{"credsStore":"none-such","credHelpers":{"a.example":{{{helper}}}},"auths":{"a.example":{"auth":"{{{Pair("alice:a")}}}"} } }""");

        Assert.Equal("alice", (await FindAsync("a.example"))?.UserName);
    }

    [Fact]
    public async Task A_path_with_a_credential_of_its_own_needs_no_default_helper()
    {
        Write($$$"""{"credsStore":"none-such","auths":{"a.example/team":{"auth":"{{{Pair("team:t")}}}"} } }""");

        Assert.Equal("team", (await FindAsync("a.example", "team/app"))?.UserName);
        await Assert.ThrowsAsync<CredentialException>(async () => await FindAsync("a.example", "other/app"));
    }

    [Fact]
    public void The_registries_of_a_file_are_named_once()
    {
        Write("""{"credHelpers":{"a.example":"x"},"auths":{"a.example":{},"a.example/team":{},"https://b.example/v1/":{} } }""");

        Assert.Equal(["a.example", "b.example"], new CredentialFile(_path).GetRegistries().Select(host => host.Name).Order());
    }

    [Fact]
    public async Task The_first_source_that_has_one_is_used_and_one_that_fails_ends_the_search()
    {
        Write("not JSON");
        var fails = new CredentialFile(_path);
        FixedCredential first = Run.User("first", "1");

        (RegistryCredential? credential, string? source) =
            await new CredentialChain(new CredentialFile(_path + ".none"), first, fails).FindWithSourceAsync(RegistryHost.Parse("a.example"), "app", default);

        Assert.Equal(("first", "the test"), (credential?.UserName, source));
        await Assert.ThrowsAsync<CredentialException>(async () => await new CredentialChain(fails, first).FindAsync(RegistryHost.Parse("a.example"), "app", default));
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

    private ValueTask<RegistryCredential?> FindAsync(string host, string repository = "some/app") =>
        new CredentialFile(_path).FindAsync(RegistryHost.Parse(host), repository, default);
}

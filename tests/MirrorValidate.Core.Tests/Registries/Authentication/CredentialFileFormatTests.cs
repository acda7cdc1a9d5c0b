using System.Text;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>The members of a credential file as docker, podman and skopeo write them.</summary>
public sealed class CredentialFileFormatTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("a.example", true)]
    [InlineData("a.example/", true)]
    [InlineData("a.example/v1", true)]
    [InlineData("a.example/v2/", true)]
    [InlineData("https://a.example", true)]
    [InlineData("HTTPS://a.example/v1/", true)]
    [InlineData("http://a.example", true)]
    [InlineData("A.example", true)]
    [InlineData("a.example/v3", false)]
    [InlineData("a.example/team/app", false)]
    [InlineData("ftp://a.example", false)]
    [InlineData("/a.example", false)]
    [InlineData("a example", false)]
    public async Task A_key_is_a_host_with_or_without_a_scheme_and_an_API_version(string key, bool isFound)
    {
        Write($$$"""{"auths":{"{{{key}}}":{"auth":"{{{Pair("u:p")}}}"} }}""");
        Assert.Equal(isFound ? "u" : null, (await FindAsync())?.UserName);
    }

    [Fact]
    public async Task The_first_of_two_keys_for_a_host_counts()
    {
        string first = $$"""{"auth":"{{Pair("one:p")}}"}""";
        string second = $$"""{"auth":"{{Pair("two:p")}}"}""";
        Write($$"""{"auths":{"a.example":{{first}},"https://a.example":{{second}} } }""");
        Assert.Equal("one", (await FindAsync())?.UserName);
    }

    [Theory]
    [InlineData("docker.io", "index.docker.io", "https://index.docker.io/v1/")]
    [InlineData("index.docker.io/v1/", "https://docker.io", "https://index.docker.io/v1/")]
    [InlineData("docker.io/library", "index.docker.io/library", "docker.io")]
    public async Task Of_keys_for_the_same_the_nearest_to_its_name_counts(string near, string far, string farther)
    {
        foreach (string[] keys in new[] { [near, far, farther], [far, near, farther], new[] { farther, far, near } })
        {
            IEnumerable<string> entries =
                keys.Select(key => $$"""  "{{key}}":{"auth":"{{Pair($"{key.Replace(':', ' ')}:p")}}"}""");
            Write($$"""{"auths":{ {{string.Join(',', entries)}} } }""");
            RegistryCredential? found =
                await new CredentialFile(_path).FindAsync(RegistryHost.DockerHub, "library/alpine", default);
            Assert.Equal(near, found?.UserName);
        }
    }

    [Theory]
    [InlineData("""{"username":"u","password":"p"}""", "u", "p")]
    [InlineData("""{"username":"u","password":""}""", "u", "")]
    [InlineData("""{"auth":"","username":"u","password":"p"}""", "u", "p")]
    [InlineData("""{"auth":1,"username":"u","password":"p"}""", "u", "p")]
    [InlineData("""{"auth":"dTpw","username":"x","password":"y"}""", "u", "p")]
    [InlineData("""{"auth":"OnA="}""", "", "p")]
    [InlineData("""{"auth":"dTpwAAA="}""", "u", "p")]
    [InlineData("""{"identitytoken":"","auth":"dTpw"}""", "u", "p")]
    [InlineData("""{"username":"u"}""", null, null)]
    [InlineData("""{"username":"","password":"p"}""", null, null)]
    [InlineData("""{"password":"p"}""", null, null)]
    [InlineData("\"dTpw\"", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("null", null, null)]
    public async Task An_entry_has_one_member_for_both_or_one_for_each(string entry, string? user, string? password)
    {
        Write($$"""{"auths":{"a.example":{{entry}} } }""");
        RegistryCredential? credential = await FindAsync();
        Assert.Equal((user, password), (credential?.UserName, credential?.Secret));
    }

    [Theory]
    [InlineData("""{"auths":[]}""")]
    [InlineData("""{"auths":null,"credHelpers":[],"credsStore":1}""")]
    [InlineData("""{"credHelpers":{"a.example":1,"b.example":"none"},"credsStore":""}""")]
    [InlineData("{}")]
    public async Task Members_of_another_type_hold_no_credential(string json)
    {
        Write(json);
        Assert.Null(await FindAsync());
    }

    [Fact]
    public void The_file_names_its_registries_once()
    {
        const string helpers = """{"a.example":"x","d.example":"x"}""";
        Write($$$"""{"auths":{"a.example":{},"b.example:5000":{},"c.example/team":{}},"credHelpers":{{{helpers}}} }""");
        Assert.Equal(
            ["a.example", "b.example:5000", "c.example", "d.example"],
            new CredentialFile(_path).GetRegistries().Select(registry => registry.Name).Order(StringComparer.Ordinal));
        Assert.Empty(new CredentialFile(_path + ".none").GetRegistries());
    }

    [Theory]
    [InlineData("{", "it is not JSON (line 1)")]
    [InlineData("{\n\n  x", "it is not JSON (line 3)")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{\"credHelpers\":{\"a.example\":\"\\ud800\"}}", "")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"\\ud800\"}}}", "")]
    public async Task A_file_that_cannot_be_read_is_named_with_the_line(string text, string problem)
    {
        Write(text);
        CredentialException e = await Assert.ThrowsAsync<CredentialException>(async () => await FindAsync());
        Assert.StartsWith($"cannot read the credentials in {_path}: {problem}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dQ==")]
    [InlineData("%")]
    public async Task A_pair_without_a_colon_is_an_error_and_stays_one(string auth)
    {
        Write($$$"""{"auths":{"a.example":{"auth":"{{{auth}}}"} }}""");
        var file = new CredentialFile(_path);
        for (int i = 0; i < 2; i++)
        {
            CredentialException e = await Assert.ThrowsAsync<CredentialException>(async () => await FindAsync(file));
            Assert.Equal(
                $"cannot read the credentials in {_path}: the \"auth\" member is not the Base64 of user:password",
                e.Message);
        }
    }

    [Fact]
    public async Task The_file_is_read_once_and_when_first_needed()
    {
        var file = new CredentialFile(_path);
        Write("""{"auths":{"a.example":{"username":"one","password":"p"}}}""");
        Assert.Equal("one", (await FindAsync(file))?.UserName);
        Write("""{"auths":{"a.example":{"username":"two","password":"p"}}}""");
        Assert.Equal("one", (await FindAsync(file))?.UserName);
        Assert.Equal(_path, file.Description);
    }

    [Fact]
    public void A_chain_describes_its_sources_in_order() => Assert.Equal(
        "the test, file",
        new CredentialChain(Run.User("u", "p"), new CredentialFile("file")).Description);

    [Fact]
    public async Task A_chain_without_a_credential_names_no_source()
    {
        RegistryHost host = RegistryHost.Parse("a.example");
        Assert.Equal((null, null), await new CredentialChain().FindWithSourceAsync(host, "library/alpine", default));
    }

    private static string Pair(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static ValueTask<RegistryCredential?> FindAsync(CredentialFile file) =>
        file.FindAsync(RegistryHost.Parse("a.example"), "library/alpine", default);

    private ValueTask<RegistryCredential?> FindAsync() => FindAsync(new CredentialFile(_path));

    private void Write(string text) => File.WriteAllText(_path, text);
}

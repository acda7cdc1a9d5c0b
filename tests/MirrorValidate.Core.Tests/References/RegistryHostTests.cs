using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.References;

/// <summary>distribution/reference, <c>domain</c>.</summary>
public sealed class RegistryHostTests
{
    [Theory]
    [InlineData("registry.io", "registry.io", null)]
    [InlineData("registry.io:5000", "registry.io", 5000)]
    [InlineData("localhost", "localhost", null)]
    [InlineData("localhost:1", "localhost", 1)]
    [InlineData("harbor", "harbor", null)]
    [InlineData("My-Registry", "My-Registry", null)]
    [InlineData("xn--bcher-kva.example:65535", "xn--bcher-kva.example", 65535)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80)]
    [InlineData("[::1]", "[::1]", null)]
    [InlineData("[2001:db8::1]:5000", "[2001:db8::1]", 5000)]
    public void A_host_may_have_a_port(string text, string name, int? port)
    {
        RegistryHost host = RegistryHost.Parse(text);
        Assert.Equal(text, host.Name);
        Assert.Equal(name, host.HostName);
        Assert.Equal(port, host.Port);
        Assert.Equal(text, host.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData("-a.io")]
    [InlineData("a-.io")]
    [InlineData("a_b.io")]
    [InlineData("a..io")]
    [InlineData("registry.io:")]
    [InlineData("registry.io:0")]
    [InlineData("registry.io:65536")]
    [InlineData("registry.io:99999999999")]
    [InlineData("registry.io:5000a")]
    [InlineData("registry.io/project")]
    [InlineData("https://registry.io")]
    [InlineData("user@registry.io")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[]")]
    [InlineData("[12]")]
    [InlineData("[127.0.0.1]")]
    [InlineData("[:::1]")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("registry.io\n")]
    [InlineData("bücher.example")]
    public void What_does_not_follow_the_grammar_is_no_host(string text)
    {
        Assert.False(RegistryHost.TryParse(text, out RegistryHost? host));
        Assert.Null(host);
        Assert.Throws<FormatException>(() => RegistryHost.Parse(text));
    }

    [Fact]
    public void A_message_names_what_is_not_a_host()
    {
        FormatException e = Assert.Throws<FormatException>(() => RegistryHost.Parse("https://registry.io"));
        Assert.StartsWith("\"https://registry.io\" is not a registry host", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused_like_an_empty_text()
    {
        Assert.False(RegistryHost.TryParse(null, out _));
        FormatException e = Assert.Throws<FormatException>(() => RegistryHost.Parse(null!));
        Assert.StartsWith("\"\" is not a registry host", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.io", "registry.io")]
    [InlineData("Registry.IO:5000", "registry.io:5000")]
    [InlineData("[2001:DB8::1]:5000", "[2001:db8::1]:5000")]
    public void The_API_is_asked_at_the_same_host_in_lower_case(string text, string authority) =>
        Assert.Equal(authority, RegistryHost.Parse(text).ApiAuthority);

    [Theory]
    [InlineData("docker.io")]
    [InlineData("index.docker.io")]
    [InlineData("registry-1.docker.io")]
    [InlineData("Docker.IO")]
    public void Docker_Hub_is_one_registry_under_all_its_names(string text)
    {
        RegistryHost host = RegistryHost.Parse(text);
        Assert.True(host.IsDockerHub);
        Assert.Equal("docker.io", host.Name);
        Assert.Equal("registry-1.docker.io", host.ApiAuthority);
        Assert.Equal(RegistryHost.DockerHub, host);
    }

    [Theory]
    [InlineData("docker.io:443")]
    [InlineData("notdocker.io")]
    [InlineData("docker.io.example.com")]
    [InlineData("hub.docker.io")]
    public void Other_names_are_not_Docker_Hub(string text) => Assert.False(RegistryHost.Parse(text).IsDockerHub);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("127.255.0.9", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("128.0.0.1", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("127.0.0.1.example.com", false)]
    [InlineData("[2001:db8::1]", false)]
    public void Loopback_hosts_are_known_by_name_and_address(string text, bool isLoopback) =>
        Assert.Equal(isLoopback, RegistryHost.Parse(text).IsLoopback);

    [Fact]
    public void Hosts_are_equal_in_any_case_and_not_with_another_port()
    {
        Assert.Equal(RegistryHost.Parse("Registry.IO:5000"), RegistryHost.Parse("registry.io:5000"));
        Assert.Equal(RegistryHost.Parse("Registry.IO").GetHashCode(), RegistryHost.Parse("registry.io").GetHashCode());
        Assert.NotEqual(RegistryHost.Parse("registry.io"), RegistryHost.Parse("registry.io:443"));
        Assert.NotEqual(RegistryHost.Parse("127.0.0.1:5000"), RegistryHost.Parse("127.0.0.2:5000"));
        Assert.False(RegistryHost.Parse("registry.io").Equals((object?)"registry.io"));
    }

    [Theory]
    [InlineData("registry.io", true)]
    [InlineData("host:5000", true)]
    [InlineData("localhost", true)]
    [InlineData("Host", true)]
    [InlineData("[::1]", true)]
    [InlineData("library", false)]
    [InlineData("local-host", false)]
    [InlineData("", false)]
    public void The_first_component_of_a_name_tells_whether_it_is_a_host(string component, bool isHost) =>
        Assert.Equal(isHost, RegistryHost.IsHostComponent(component));
}

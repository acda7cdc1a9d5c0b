using System.Net;
using System.Net.Sockets;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>What a registry may send its clients to, checked when connecting (GHSA-qvqc-4c52-x6qp).</summary>
public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("::169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    public void No_registry_may_name(string address)
    {
        Assert.NotNull(new AddressPolicy(allowLoopback: false).Refuse(IPAddress.Parse(address)));
        Assert.NotNull(new AddressPolicy(allowLoopback: true).Refuse(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public void Only_a_registry_on_this_machine_may_name(string address)
    {
        Assert.NotNull(new AddressPolicy(allowLoopback: false).Refuse(IPAddress.Parse(address)));
        Assert.Null(new AddressPolicy(allowLoopback: true).Refuse(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("172.16.0.1")]
    [InlineData("93.184.216.34")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("fd12:3456::1")]
    public void Any_registry_may_name(string address) => Assert.Null(new AddressPolicy(allowLoopback: false).Refuse(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_hides_no_address()
    {
        await using var server = new RawServer(_ => "");

        RegistryException e = await Assert.ThrowsAsync<RegistryException>(async () =>
            await new AddressPolicy(allowLoopback: false).ConnectAsync(new DnsEndPoint("localhost", server.Port), default));

        Assert.Contains("localhost was not connected to: it resolves to ", e.Message, StringComparison.Ordinal);
        Assert.Contains("is this machine", e.Message, StringComparison.Ordinal);
        await using Stream stream = await new AddressPolicy(allowLoopback: true).ConnectAsync(new DnsEndPoint("localhost", server.Port, AddressFamily.InterNetwork), default);
        Assert.True(stream.CanRead);
    }

    [Theory]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/x")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/latest/meta-data/")]
    [InlineData("http://0xa9fea9fe/latest/meta-data/")]
    public void A_written_out_address_is_refused_before_anything_is_asked(string target)
    {
        using var pool = new EndpointPool(Run.Quick);
        RegistryEndpoint registry = pool.Get(RegistryHost.Parse("registry.example.com"));

        RegistryException e = Assert.Throws<RegistryException>(() => pool.Get(new Uri(target), registry));

        Assert.Contains("and a registry may not send its clients there", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_host_that_resolves_to_this_machine_is_not_connected_to()
    {
        await using var server = new RawServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var pool = new EndpointPool(Run.Quick);
        RegistryEndpoint foreign = pool.Get(new Uri($"http://localhost:{server.Port}/"), pool.Get(RegistryHost.Parse("registry.example.com")));

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost:{server.Port}/secret"));
        RegistryException e = await Assert.ThrowsAsync<RegistryException>(() => foreign.SendAsync(request, default));

        Assert.Equal(RegistryFault.UnexpectedResponse, e.Fault);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void What_the_user_chose_is_not_checked()
    {
        using var pool = new EndpointPool(Run.Quick with { TrustedRealms = [RegistryHost.Parse("169.254.1.1")], InsecureRegistries = [RegistryHost.Parse("127.0.0.1:5000")] });
        RegistryEndpoint registry = pool.Get(RegistryHost.Parse("registry.example.com"));

        Assert.Equal("169.254.1.1", pool.Get(new Uri("https://169.254.1.1/token"), registry).Authority);
        Assert.Equal("127.0.0.1:5000", pool.Get(new Uri("http://127.0.0.1:5000/blob"), registry).Authority);
        Assert.Same(registry, pool.Get(new Uri("https://REGISTRY.example.com/x"), registry));
    }

    [Fact]
    public void A_host_that_a_registry_has_named_may_name_no_other_port_of_its_own_unchecked()
    {
        using var pool = new EndpointPool(Run.Quick);
        RegistryEndpoint registry = pool.Get(RegistryHost.Parse("registry.example.com"));
        RegistryEndpoint named = pool.Get(new Uri("https://other.example.net/v2/"), registry);

        Assert.True(pool.Get(new Uri("https://registry.example.com:8443/token"), registry).IsNamedByUser);
        Assert.False(pool.Get(new Uri("https://other.example.net:8443/token"), named).IsNamedByUser);
    }

    [Fact]
    public void Registries_cannot_fill_the_memory_with_hosts()
    {
        using var pool = new EndpointPool(Run.Quick);
        RegistryEndpoint registry = pool.Get(RegistryHost.Parse("registry.example.com"));
        for (int i = 0; i < 1000; i++) pool.Get(new Uri($"https://h{i}.example.net/"), registry);

        Assert.Throws<RegistryException>(() => pool.Get(new Uri("https://one-more.example.net/"), registry));
        Assert.NotNull(pool.Get(new Uri("https://h7.example.net/"), registry));
        Assert.NotNull(pool.Get(RegistryHost.Parse("another.example.com")));
    }
}

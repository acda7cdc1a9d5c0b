using MirrorValidate.Registries.Transport.Proxies;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>The exceptions from proxies, as golang.org/x/net/http/httpproxy reads them.</summary>
public sealed class NoProxyListTests
{
    [Theory]
    [InlineData("*", "https://any.example/")]
    [InlineData("a.example,*", "https://any.example/")]
    [InlineData("reg.example", "https://reg.example/")]
    [InlineData("REG.example", "https://reg.EXAMPLE/")]
    [InlineData("reg.example", "https://sub.reg.example/")]
    [InlineData(".reg.example", "https://sub.reg.example/")]
    [InlineData("*.reg.example", "https://deep.sub.reg.example/")]
    [InlineData(" a.example , reg.example ", "https://reg.example/")]
    [InlineData("reg.example:5000", "https://reg.example:5000/")]
    [InlineData("reg.example:443", "https://reg.example/")]
    [InlineData("reg.example:80", "http://reg.example/")]
    [InlineData(".reg.example:5000", "https://sub.reg.example:5000/")]
    [InlineData("registry", "https://registry/")]
    [InlineData("10.0.0.0/8", "https://10.1.2.3:5000/")]
    [InlineData("10.1.2.3/8", "https://10.9.9.9/")]
    [InlineData("10.1.2.0/23", "https://10.1.3.255/")]
    [InlineData("0.0.0.0/0", "https://192.168.1.1/")]
    [InlineData("10.1.2.3", "https://10.1.2.3/")]
    [InlineData("10.1.2.3:5000", "https://10.1.2.3:5000/")]
    [InlineData("fd00::/8", "https://[fd12::1]/")]
    [InlineData("fd12::1", "https://[fd12:0:0::1]:5000/")]
    [InlineData("[fd12::1]:5000", "https://[fd12::1]:5000/")]
    [InlineData("::ffff:10.1.2.3", "https://10.1.2.3/")]
    public void Asked_without_a_proxy(string list, string url) => Assert.True(new NoProxyList(list).Contains(new Uri(url)));

    [Theory]
    [InlineData(null, "https://reg.example/")]
    [InlineData("", "https://reg.example/")]
    [InlineData(" , ,", "https://reg.example/")]
    [InlineData(".reg.example", "https://reg.example/")]
    [InlineData("*.reg.example", "https://reg.example/")]
    [InlineData("reg.example", "https://otherreg.example/")]
    [InlineData("reg.example", "https://reg.example.net/")]
    [InlineData("reg.example:5000", "https://reg.example/")]
    [InlineData("reg.example:https", "https://reg.example/")]
    [InlineData(":443", "https://reg.example/")]
    [InlineData("reg.*", "https://reg.example/")]
    [InlineData("10.0.0.0/8", "https://11.1.2.3/")]
    [InlineData("10.1.2.0/23", "https://10.1.4.0/")]
    [InlineData("10.0.0.0/33", "https://10.1.2.3/")]
    [InlineData("10.0.0.0/x", "https://10.1.2.3/")]
    [InlineData("10.1", "https://10.0.0.1/")]
    [InlineData("10.0.0.0/8", "https://ten.example/")]
    [InlineData("fd00::/8", "https://10.1.2.3/")]
    [InlineData("10.1.2.3:5000", "https://10.1.2.3/")]
    public void Asked_through_a_proxy(string? list, string url) => Assert.False(new NoProxyList(list).Contains(new Uri(url)));
}

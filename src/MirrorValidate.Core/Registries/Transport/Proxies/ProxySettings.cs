using System.Net;

namespace MirrorValidate.Registries.Transport.Proxies;

/// <summary>
/// The proxies of the environment or the system. Where the environment names them, <c>NO_PROXY</c> is read as Go's
/// tools read it: .NET's own reading knows no ranges, ports or subdomains.
/// </summary>
internal sealed class ProxySettings : IWebProxy
{
    private static readonly string[] Variables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    private readonly IWebProxy _proxies = HttpClient.DefaultProxy;
    private readonly NoProxyList? _exceptions =
        Variables.Any(name => Read(name) is not null) ? new NoProxyList(Read("NO_PROXY")) : null;

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => _proxies.Credentials;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => _proxies.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => _exceptions is null
        ? _proxies.IsBypassed(host)
        : _proxies.GetProxy(host) is null || _exceptions.Contains(host);

    /// <summary>
    /// The URL of the proxy that a URL is asked through, without user and password; <see langword="null"/> if none.
    /// </summary>
    internal string? NameOf(Uri uri) => !IsBypassed(uri) && GetProxy(uri) is { } proxy && proxy != uri
        ? $"{proxy.Scheme}://{proxy.Authority}"
        : null;

    private static string? Read(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(value)) value = Environment.GetEnvironmentVariable(name.ToLowerInvariant());
        return string.IsNullOrEmpty(value) ? null : value;
    }
}

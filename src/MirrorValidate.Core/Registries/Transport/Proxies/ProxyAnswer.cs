using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MirrorValidate.Registries.Transport.Proxies;

/// <summary>Tells answers that a proxy gave itself from those that it passed on.</summary>
internal static class ProxyAnswer
{
    // What the error pages of proxies say of themselves.
    private static readonly string[] Words = ["proxy", "squid", "web gateway", "zscaler"];

    /// <summary>Whether an answer that came through a proxy is the proxy's own.</summary>
    /// <param name="message">The answer; no success.</param>
    /// <param name="body">The start of its body.</param>
    internal static bool IsOwn(HttpResponseMessage message, ReadOnlySpan<byte> body)
    {
        HttpHeadersNonValidated headers = message.Headers.NonValidated;
        if (message.StatusCode == HttpStatusCode.ProxyAuthenticationRequired) return true;
        if (headers.Contains("Docker-Distribution-Api-Version")) return false;
        if (RegistryErrorText.IsRegistryError(body)) return false;
        // Proxy-Status: RFC 9209, section 2.1.1.
        if (headers.Contains("X-Squid-Error") || headers.Contains("Proxy-Authenticate")) return true;
        if (headers.TryGetValues("Proxy-Status", out HeaderStringValues states)
            && states.ToString().Contains("error=", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!IsPage(body)) return false;
        string page = Encoding.UTF8.GetString(body);
        if (Array.Exists(Words, word => page.Contains(word, StringComparison.OrdinalIgnoreCase))) return true;
        // Via alone may be on a page that was passed on (RFC 9110, section 7.6.3). Whether a 404 is a registry's is
        // found out otherwise.
        return headers.Contains("Via") && message.StatusCode != HttpStatusCode.NotFound;
    }

    /// <summary>Whether a body is a web page, whatever its type says.</summary>
    internal static bool IsPage(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8);
}

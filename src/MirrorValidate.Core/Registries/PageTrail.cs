using System.Security.Cryptography;
using System.Text;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <summary>
/// Goes from page to page of a list, as the registry's <c>Link</c> headers lead (distribution-spec 1.1, "Listing Tags";
/// RFC 8288). A link is only followed within the list that was asked for, and never to a page that was there already.
/// </summary>
/// <param name="first">The request for the first page.</param>
/// <param name="maximum">The maximum number of pages.</param>
internal sealed class PageTrail(RegistryRequest first, int maximum)
{
    // Hashes, since a registry chooses how long its links are.
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal) { HashOf(first) };

    /// <summary>The number of pages that were asked for so far.</summary>
    internal int Count => _seen.Count;

    /// <summary>The request for the page after a page.</summary>
    /// <param name="page">The page.</param>
    /// <returns><see langword="null"/> if no link leads on.</returns>
    /// <exception cref="RegistryException">
    /// The link leads back or out of the list, or there are too many pages.
    /// </exception>
    internal RegistryRequest? Next(RegistryResponse page)
    {
        if (LinkHeader.Next(page.Links) is not { } link) return null;
        RegistryRequest next = Follow(page.Request.Request, link)
            ?? throw Broken(page, "the link to the next page leads elsewhere");
        return Add(next, page) ? next : throw Broken(page, "the link to the next page leads back");
    }

    /// <summary>The request for what follows a tag, where a page has no link and may not be the last.</summary>
    /// <exception cref="RegistryException">There are too many pages.</exception>
    internal RegistryRequest? After(string tag, RegistryResponse page)
    {
        RegistryRequest next = first with { Query = $"{first.Query}&last={Uri.EscapeDataString(tag)}" };
        return Add(next, page) ? next : null;
    }

    /// <summary>The fault of a page that is no page of the list.</summary>
    internal static RegistryException Broken(RegistryResponse page, string clause) =>
        new(RegistryFault.UnexpectedResponse, page.Request.Explain(clause));

    private bool Add(RegistryRequest next, RegistryResponse page)
    {
        if (!_seen.Add(HashOf(next))) return false;
        return Count <= maximum
            ? true
            : throw new RegistryException(
                RegistryFault.ResponseTooLarge, page.Request.Explain($"the list has more than {maximum} pages"));
    }

    private RegistryRequest? Follow(RegistryRequest request, string link)
    {
        var here = new Uri($"https://{request.Host.ApiAuthority}{request.FullPath}{request.Query}");
        string root = $"/v2/{request.Repository}/";
        string list = root + first.Path[..(first.Path.IndexOf('/', StringComparison.Ordinal) + 1)];
        return Uri.TryCreate(here, link, out Uri? next)
            && next.Scheme is "https" or "http"
            && next.UserInfo.Length == 0
            && next.Authority.Equals(here.Authority, StringComparison.OrdinalIgnoreCase)
            && next.AbsolutePath.StartsWith(list, StringComparison.Ordinal)
                ? request with { Path = next.AbsolutePath[root.Length..], Query = next.Query }
                : null;
    }

    private static string HashOf(RegistryRequest request) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.Path + request.Query)));
}

using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <content>The referrers API.</content>
internal sealed partial class RegistryClient
{
    /// <inheritdoc/>
    /// <remarks>
    /// <c>GET /v2/NAME/referrers/DIGEST</c>, page by page (distribution-spec 1.1, "Listing Referrers"). A 404 to the
    /// first page means that the registry does not have the API; the result is then <see langword="null"/>.
    /// </remarks>
    public async Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        string path = $"referrers/{subject.Digest}";
        string query = "";
        var seen = new HashSet<string>(StringComparer.Ordinal) { path };
        while (true)
        {
            RegistryRequest request = ReferrersRequest(subject, path) with { Query = query };
            RegistryResponse response;
            try
            {
                response = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException e) when (e.Fault == RegistryFault.NotFound && seen.Count == 1)
            {
                return null;
            }

            if (ReadManifest(response, "sha256") is not ManifestIndex { MediaType: MediaTypes.OciIndex } index)
                throw Unlisted(response, "the answer is not an OCI index");
            found.AddRange(index.Entries);
            if (found.Count > ManifestReader.MaximumEntries || seen.Count > Limits.ReferrerPages)
                throw TooMany(response);
            if (LinkHeader.Next(response.Links) is not { } next) return found;
            (path, query) = Next(request, next, response);
            if (!seen.Add(path + query)) throw Unlisted(response, "the link to the next page leads back");
        }
    }

    private RegistryRequest ReferrersRequest(ImageReference subject, string path) =>
        new(HttpMethod.Get, subject.Registry, subject.Repository, path, Limits.ManifestSize, MediaTypes.OciIndex);

    // Only follows a link to the same repository, since a link may name any address.
    private static (string Path, string Query) Next(RegistryRequest request, string link, RegistryResponse response)
    {
        var here = new Uri($"https://{request.Host.ApiAuthority}{request.FullPath}{request.Query}");
        string root = $"/v2/{request.Repository}/";
        return Uri.TryCreate(here, link, out Uri? next)
            && next.Scheme is "https" or "http"
            && next.UserInfo.Length == 0
            && next.Authority.Equals(here.Authority, StringComparison.OrdinalIgnoreCase)
            && next.AbsolutePath.StartsWith(root + "referrers/", StringComparison.Ordinal)
                ? (next.AbsolutePath[root.Length..], next.Query)
                : throw Unlisted(response, "the link to the next page leads elsewhere");
    }

    private static RegistryException Unlisted(RegistryResponse response, string clause) =>
        new(RegistryFault.UnexpectedResponse, response.Request.Explain(clause));

    private RegistryException TooMany(RegistryResponse response)
    {
        string clause = $"more than {ManifestReader.MaximumEntries} referrers or {Limits.ReferrerPages} pages of them";
        return new(RegistryFault.ResponseTooLarge, response.Request.Explain(clause));
    }
}

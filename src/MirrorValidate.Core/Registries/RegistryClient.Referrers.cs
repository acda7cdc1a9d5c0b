using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <content>What refers to a manifest.</content>
public sealed partial class RegistryClient
{
    /// <summary>
    /// Lists what refers to a manifest (distribution-spec 1.1, "Listing Referrers": <c>GET /v2/NAME/referrers/DIGEST</c>), page by page.
    /// </summary>
    /// <param name="subject">The manifest, by digest.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The referrers; <see langword="null"/> where the registry answers 404, so that it has no such API.</returns>
    /// <exception cref="RegistryException">That could not be told.</exception>
    internal async Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(ImageReference subject, RequestContext context, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        string path = $"referrers/{subject.Digest}";
        string query = "";
        var seen = new HashSet<string>(StringComparer.Ordinal) { path };
        while (true)
        {
            var request = new RegistryRequest(HttpMethod.Get, subject.Registry, subject.Repository, path, _limits.ManifestSize, MediaTypes.OciIndex) { Query = query };
            RegistryResponse response;
            try
            {
                response = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException e) when (e.Fault == RegistryFault.NotFound && seen.Count == 1)
            {
                return null;
            }

            if (Parse(response, () => ManifestReader.Read(response.Body, response.ContentType)) is not ManifestIndex { MediaType: MediaTypes.OciIndex } index)
                throw Unlisted(response, "the answer is no OCI index");
            found.AddRange(index.Entries);
            if (found.Count > ManifestReader.MaximumEntries || seen.Count > _limits.ReferrerPages)
                throw new RegistryException(RegistryFault.ResponseTooLarge, response.Request.Explain($"more than {ManifestReader.MaximumEntries} referrers or {_limits.ReferrerPages} pages of them"));
            if (LinkHeader.Next(response.Links) is not { } next) return found;
            (path, query) = Next(request, next, response);
            if (!seen.Add(path + query)) throw Unlisted(response, "the link to the next page leads back");
        }
    }

    // A page elsewhere is another registry's word, and may be any address at all.
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
}

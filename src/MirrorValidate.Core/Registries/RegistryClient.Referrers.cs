using System.Net;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <content>The referrers API.</content>
internal sealed partial class RegistryClient
{
    /// <inheritdoc/>
    /// <remarks>
    /// <c>GET /v2/NAME/referrers/DIGEST</c>, page by page (distribution-spec 1.1, "Listing Referrers"). Registries that
    /// have no such API should answer 404. Others refuse the path, the method or the type, or a front sends its web
    /// page; go-containerregistry (pkg/v1/remote/referrers.go) asks the tag in such cases, too. Each of these answers
    /// to the first page is <see langword="null"/>.
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
            catch (RegistryException e) when (seen.Count == 1 && MeansNoApi(e))
            {
                context.Log(LogLevel.Debug, () => $"looking for referrers by tag: {e.Message}");
                return null;
            }

            if (seen.Count == 1 && IsWebPage(response)) return null;
            if (ReadManifest(response, "sha256") is not ManifestIndex { MediaType: MediaTypes.OciIndex } index)
                throw Unlisted(response, "the answer is not an OCI index");
            found.AddRange(index.Entries);
            if (found.Count > ManifestReader.MaximumEntries || seen.Count > Limits.ReferrerPages)
                throw TooMany(response);
            if (LinkHeader.Next(response.Links) is not { } next) return found;
            (path, query) = Next(request, next, "referrers/", response);
            if (!seen.Add(path + query)) throw Unlisted(response, "the link to the next page leads back");
        }
    }

    private static bool MeansNoApi(RegistryException e) => e.Fault == RegistryFault.NotFound
        || e.StatusCode is HttpStatusCode.BadRequest
            or HttpStatusCode.MethodNotAllowed
            or HttpStatusCode.NotAcceptable
            or HttpStatusCode.NotImplemented;

    // JSON that is cut off or of another kind may be a list that cannot be read. Markup, or a text that is no JSON, is
    // the page of a front that knows no such path.
    private static bool IsWebPage(RegistryResponse response)
    {
        ReadOnlySpan<byte> body = response.Body;
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        body = body.TrimStart(" \t\r\n"u8);
        bool isText = ManifestReader.WithoutParameters(response.ContentType)
            .StartsWith("text/", StringComparison.Ordinal);
        return body.StartsWith("<"u8) || (isText && !body.StartsWith("{"u8));
    }

    private RegistryRequest ReferrersRequest(ImageReference subject, string path) =>
        new(HttpMethod.Get, subject.Registry, subject.Repository, path, Limits.ManifestSize, MediaTypes.OciIndex);

    // Only follows a link to the same repository, since a link may name any address.
    private static (string Path, string Query) Next(
        RegistryRequest request, string link, string under, RegistryResponse response)
    {
        var here = new Uri($"https://{request.Host.ApiAuthority}{request.FullPath}{request.Query}");
        string root = $"/v2/{request.Repository}/";
        return Uri.TryCreate(here, link, out Uri? next)
            && next.Scheme is "https" or "http"
            && next.UserInfo.Length == 0
            && next.Authority.Equals(here.Authority, StringComparison.OrdinalIgnoreCase)
            && next.AbsolutePath.StartsWith(root + under, StringComparison.Ordinal)
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

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
        RegistryRequest? request = new RegistryRequest(
            HttpMethod.Get,
            subject.Registry,
            subject.Repository,
            $"referrers/{subject.Digest}",
            Limits.ManifestSize,
            MediaTypes.OciIndex);
        var pages = new PageTrail(request, Limits.ReferrerPages);
        while (request is not null)
        {
            RegistryResponse page;
            try
            {
                page = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException e) when (pages.Count == 1 && MeansNoApi(e))
            {
                context.Log(LogLevel.Debug, () => $"looking for referrers by tag: {e.Message}");
                return null;
            }

            if (pages.Count == 1 && IsWebPage(page)) return null;
            if (ReadManifest(page, "sha256") is not ManifestIndex { MediaType: MediaTypes.OciIndex } index)
                throw PageTrail.Broken(page, "the answer is not an OCI index");
            found.AddRange(index.Entries);
            if (found.Count > ManifestReader.MaximumEntries) throw TooManyReferrers(page);
            request = pages.Next(page);
        }

        return found;
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

    private static RegistryException TooManyReferrers(RegistryResponse page) => new(
        RegistryFault.ResponseTooLarge,
        page.Request.Explain($"the image has more than {ManifestReader.MaximumEntries} referrers"));
}

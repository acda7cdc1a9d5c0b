using System.Globalization;
using System.Runtime.CompilerServices;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <content>The list of tags.</content>
internal sealed partial class RegistryClient
{
    // What most registries give at most; ECR refuses more.
    private const int TagsPerPage = 1000;

    /// <inheritdoc/>
    /// <remarks>
    /// <c>GET /v2/NAME/tags/list</c>, page by page (distribution-spec 1.1, "Listing Tags"). A registry may leave the
    /// <c>Link</c> header out, so a page that is exactly full is followed by asking for what comes after its last tag;
    /// where that is not understood, nothing new comes.
    /// </remarks>
    public async IAsyncEnumerable<IReadOnlyList<string>> ListTagsAsync(
        ImageReference repository,
        RequestContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RegistryRequest? request = new RegistryRequest(
            HttpMethod.Get, repository.Registry, repository.Repository, "tags/list", Limits.TagListSize)
        {
            Query = string.Create(CultureInfo.InvariantCulture, $"?n={TagsPerPage}"),
        };
        var pages = new PageTrail(request, Limits.TagPages);
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (request is not null)
        {
            RegistryResponse page = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> listed = ReadTags(page);
            string[] tags = [.. listed.Where(known.Add)];
            if (known.Count > Limits.Tags) throw TooManyTags(page);
            if (tags.Length > 0) yield return tags;
            RegistryRequest? next = pages.Next(page);
            // Where each page begins is ignored, and the same one comes under ever new links.
            if (next is not null && listed.Count > 0 && tags.Length == 0)
                throw PageTrail.Broken(page, "the link to the next page leads back");
            bool mayHaveMore = next is null && listed.Count == TagsPerPage && tags.Length > 0;
            request = mayHaveMore ? pages.After(listed[^1], page) : next;
        }
    }

    private IReadOnlyList<string> ReadTags(RegistryResponse page)
    {
        try
        {
            using var json = JsonMembers.Parse(page.Body, "list of tags");
            return JsonMembers.List(
                JsonMembers.Find(json.RootElement, "list of tags", "tags")[0],
                "list of tags",
                Limits.Tags,
                static tag => JsonMembers.Text(tag, "tag"));
        }
        catch (ManifestLimitException)
        {
            throw TooManyTags(page);
        }
        catch (ManifestFormatException e)
        {
            throw PageTrail.Broken(page, e.Message + page.EncodingClause);
        }
    }

    private RegistryException TooManyTags(RegistryResponse page) => new(
        RegistryFault.ResponseTooLarge, page.Request.Explain($"the repository has more than {Limits.Tags} tags"));
}

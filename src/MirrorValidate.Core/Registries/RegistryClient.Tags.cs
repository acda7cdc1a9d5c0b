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
    /// <c>Link</c> header out, so a page that is exactly full is followed by asking for what comes after its last tag.
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
        string? first = null;
        int count = 0;
        while (request is not null)
        {
            RegistryResponse page = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> tags = ReadTags(page);
            // A registry that knows no "last" sends the same page again.
            if (first is not null && tags.Count > 0 && tags[0] == first) yield break;
            count += tags.Count;
            if (count > Limits.Tags) throw TooManyTags(page);
            yield return tags;
            RegistryRequest? next = pages.Next(page);
            bool mayHaveMore = next is null && tags.Count == TagsPerPage;
            first = mayHaveMore ? tags[0] : null;
            request = mayHaveMore ? pages.After(tags[^1], page) : next;
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

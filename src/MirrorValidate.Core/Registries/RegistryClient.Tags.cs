using System.Runtime.CompilerServices;
using System.Text.Json;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <content>The tags of a repository.</content>
internal sealed partial class RegistryClient
{
    private const string TagList = "tags/list";
    private const string FirstPage = "?n=1000";

    /// <summary>
    /// Lists the tags of a repository, page by page, in the registry's order and each once
    /// (<c>GET /v2/NAME/tags/list</c>, distribution-spec 1.1, "Listing Tags").
    /// </summary>
    /// <param name="repository">The repository; its tag or digest does not matter.</param>
    /// <param name="context">The entry or command that asks.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="RegistryException">
    /// There is no such repository, or a page could not be read; the tags before it were returned.
    /// </exception>
    internal async IAsyncEnumerable<string> ListTagsAsync(
        ImageReference repository,
        RequestContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        string path = TagList;
        string query = FirstPage;
        var pages = new HashSet<string>(StringComparer.Ordinal) { path + query };
        while (true)
        {
            var request = new RegistryRequest(
                HttpMethod.Get, repository.Registry, repository.Repository, path, Limits.TagPageSize)
            {
                Query = query,
            };
            RegistryResponse response =
                await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            string[] page = ReadTags(response);
            int known = tags.Count;
            foreach (string tag in page)
            {
                if (tags.Count >= Limits.Tags) throw TooManyTags(response);
                if (tags.Add(tag)) yield return tag;
            }

            if (LinkHeader.Next(response.Links) is not { } next) yield break;
            (path, query) = Next(request, next, TagList, response);
            // A registry that ignores where a page begins sends the same tags under ever new addresses.
            if (!pages.Add(path + query) || tags.Count == known)
                throw Unlisted(response, "the link to the next page leads back");
        }
    }

    private static string[] ReadTags(RegistryResponse response)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(response.Body.AsMemory());
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("tags", out JsonElement tags))
            {
                // A repository without tags has null.
                if (tags.ValueKind == JsonValueKind.Null) return [];
                if (tags.ValueKind == JsonValueKind.Array) return [.. tags.EnumerateArray().Select(ReadTag)];
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Unlisted(response, $"the answer is not a list of tags: {RegistryErrorText.Clean(e.Message)}");
        }

        throw Unlisted(response, "the answer is not a list of tags");
    }

    private static string ReadTag(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } tag && ImageName.IsTag(tag)
            ? tag
            : throw new FormatException($"{Printable.Of(element.GetRawText())} is not a tag");

    private RegistryException TooManyTags(RegistryResponse response) =>
        new(RegistryFault.ResponseTooLarge, response.Request.Explain($"the repository has more than {Limits.Tags} tags"));
}

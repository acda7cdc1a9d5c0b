using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary><c>/v2/NAME/tags/list</c> and <c>/v2/_catalog</c>, with <c>n</c>, <c>last</c> and <c>Link</c>.</summary>
internal sealed class ListingEndpoint(RegistryStore store, EmbeddedRegistryOptions options)
{
    public Task HandleAsync(HttpContext context, RegistryRoute route)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return RegistryResponse.WriteMethodNotAllowedAsync(context, "GET");
        }

        if (route.Kind == RouteKind.Catalog)
        {
            return WritePageAsync(context, null, store.Repositories, null);
        }

        return store.Contains(route.Repository)
            ? WritePageAsync(context, route.Repository, store.GetTags(route.Repository), options.TagsPageSize)
            : RegistryResponse.WriteErrorAsync(context, RegistryError.NameUnknown(route.Repository));
    }

    private static Task WritePageAsync(HttpContext context, string? repository, IReadOnlyList<string> all, int? maximum)
    {
        var query = context.Request.Query;
        var size = maximum;
        if (query["n"].ToString() is { Length: > 0 } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            {
                return RegistryResponse.WriteErrorAsync(context, RegistryError.PageInvalid(text));
            }

            size = Math.Min(asked, maximum ?? int.MaxValue);
        }

        var last = query["last"].ToString();
        var rest = all.Where(item => string.CompareOrdinal(item, last) > 0).ToList();
        var page = size is { } count ? rest.Take(count).ToList() : rest;
        if (page.Count > 0 && page.Count < rest.Count)
        {
            context.Response.Headers.Link =
                $"<{context.Request.Path}?last={Uri.EscapeDataString(page[^1])}&n={size}>; rel=\"next\"";
        }

        return RegistryResponse.WriteJsonAsync(context, writer =>
        {
            writer.WriteStartObject();
            if (repository is not null)
            {
                writer.WriteString("name", repository);
            }

            writer.WriteStartArray(repository is null ? "repositories" : "tags");
            page.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}

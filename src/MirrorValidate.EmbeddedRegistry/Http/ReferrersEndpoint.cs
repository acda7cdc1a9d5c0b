using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>
/// <c>/v2/NAME/referrers/DIGEST</c> with <c>artifactType</c> and paging (distribution-spec, "Listing Referrers").
/// </summary>
internal sealed class ReferrersEndpoint(RegistryStore store, EmbeddedRegistryOptions options)
{
    public Task HandleAsync(HttpContext context, RegistryRoute route)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return RegistryResponse.WriteMethodNotAllowedAsync(context, "GET");
        }

        if (!ContentDigest.IsWellFormed(route.Reference))
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.DigestInvalid());
        }

        var query = context.Request.Query;
        var artifactType = query["artifactType"].ToString();
        var all = store.GetManifests(route.Repository)
            .Where(manifest => manifest.Subject?.Digest == route.Reference)
            .Where(manifest => artifactType.Length == 0 || manifest.Subject!.ArtifactType == artifactType)
            .ToList();
        if (artifactType.Length > 0)
        {
            context.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        var skip = int.TryParse(query["skip"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        var page = all.Skip(skip).Take(options.ReferrersPageSize ?? int.MaxValue).ToList();
        if (skip + page.Count < all.Count && page.Count > 0)
        {
            var filter = artifactType.Length > 0 ? "&artifactType=" + Uri.EscapeDataString(artifactType) : "";
            context.Response.Headers.Link = $"<{context.Request.Path}?skip={skip + page.Count}{filter}>; rel=\"next\"";
        }

        return WriteIndexAsync(context, page);
    }

    private static Task WriteIndexAsync(HttpContext context, List<StoredManifest> manifests) =>
        RegistryResponse.WriteJsonAsync(
            context,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("schemaVersion", 2);
                writer.WriteString("mediaType", RegistryMediaTypes.OciIndex);
                writer.WriteStartArray("manifests");
                foreach (var manifest in manifests)
                {
                    writer.WriteStartObject();
                    writer.WriteString("mediaType", manifest.MediaType);
                    writer.WriteString("digest", manifest.Digest);
                    writer.WriteNumber("size", manifest.Content.Length);
                    if (manifest.Subject!.ArtifactType is { } artifactType)
                    {
                        writer.WriteString("artifactType", artifactType);
                    }

                    if (manifest.Subject.Annotations.Count > 0)
                    {
                        writer.WriteStartObject("annotations");
                        foreach (var (name, value) in manifest.Subject.Annotations)
                        {
                            writer.WriteString(name, value);
                        }

                        writer.WriteEndObject();
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            },
            RegistryMediaTypes.OciIndex);
}

using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>Pushes, reads and deletes by the distribution-spec, byte for byte, without a client's opinions.</summary>
/// <param name="client">Brings address and credentials.</param>
public sealed class HttpPush(HttpClient client)
{
    /// <summary>The digest of <paramref name="content"/>, <c>sha256:HEX</c>.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Pushes a blob: POST, then PUT with all of it (spec.md, "POST then PUT").</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> BlobAsync(string repository, byte[] content, CancellationToken cancellationToken = default)
    {
        using var session = await client.PostAsync(new Uri($"/v2/{repository}/blobs/uploads/", UriKind.Relative), null, cancellationToken);
        session.EnsureSuccessStatusCode();
        var digest = DigestOf(content);
        var location = new Uri(client.BaseAddress!, session.Headers.Location!);
        var upload = new UriBuilder(location) { Query = $"{location.Query}&digest={Uri.EscapeDataString(digest)}".TrimStart('?', '&') }.Uri;
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await client.PutAsync(upload, body, cancellationToken);
        await ThrowUnlessSuccessAsync(answer, cancellationToken);
        return digest;
    }

    /// <summary>Pushes a manifest by tag or digest.</summary>
    /// <returns>The digest under which the registry keeps it.</returns>
    public async Task<string> ManifestAsync(
        string repository, string reference, string mediaType, byte[] content, CancellationToken cancellationToken = default)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await client.PutAsync(ManifestUri(repository, reference), body, cancellationToken);
        await ThrowUnlessSuccessAsync(answer, cancellationToken);
        return answer.Headers.GetValues("Docker-Content-Digest").Single();
    }

    /// <summary>Asks for a manifest; the caller looks at the answer.</summary>
    public Task<HttpResponseMessage> GetManifestAsync(
        string repository, string reference, IEnumerable<string> accept, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ManifestUri(repository, reference));
        request.Headers.Accept.ParseAdd(string.Join(", ", accept));
        return client.SendAsync(request, cancellationToken);
    }

    /// <summary>Deletes a manifest by digest.</summary>
    public async Task DeleteManifestAsync(string repository, string digest, CancellationToken cancellationToken = default)
    {
        using var answer = await client.DeleteAsync(ManifestUri(repository, digest), cancellationToken);
        await ThrowUnlessSuccessAsync(answer, cancellationToken);
    }

    private static Uri ManifestUri(string repository, string reference) =>
        new($"/v2/{repository}/manifests/{reference}", UriKind.Relative);

    private static async Task ThrowUnlessSuccessAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException(
                $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {body}", null, answer.StatusCode);
        }
    }
}

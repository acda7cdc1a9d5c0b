using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MirrorValidate.Embedded.Images;

/// <summary>
/// Pushes built images to a registry (distribution-spec, "Push"): missing blobs by POST and PUT, then the children by
/// digest, then the manifest. Supports HTTP Basic or no authentication.
/// </summary>
public sealed class RegistryPusher : IDisposable
{
    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue? _authorization;

    /// <summary>Creates a pusher for a registry.</summary>
    /// <param name="registry">Its base address, such as <c>http://127.0.0.1:5000/</c>.</param>
    /// <param name="handler">The message handler, for example with certificates; null: a default one.</param>
    /// <param name="user">The user for HTTP Basic; null: none.</param>
    /// <param name="password">The user's password.</param>
    public RegistryPusher(
        Uri registry, HttpMessageHandler? handler = null, string? user = null, string? password = null)
    {
        handler ??= new SocketsHttpHandler { UseProxy = false, UseCookies = false };
        _client = new HttpClient(handler) { BaseAddress = registry };
        _authorization = user is null ? null
            : new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>Pushes a manifest with its blobs and children.</summary>
    /// <returns>The digest that the registry gave it.</returns>
    /// <exception cref="HttpRequestException">
    /// The registry refused a request; the message contains its answer.
    /// </exception>
    public async Task<string> PushAsync(
        BuiltManifest manifest, string repository, string? tag, CancellationToken ct = default)
    {
        foreach (var blob in manifest.Blobs)
        {
            await PushBlobAsync(repository, blob, ct);
        }

        foreach (var child in manifest.Children.DistinctBy(child => child.Digest))
        {
            await PushAsync(child, repository, null, ct);
        }

        return await PushManifestAsync(repository, tag ?? manifest.Digest, manifest.MediaType, manifest.Content, ct);
    }

    /// <summary>Pushes the bytes of a manifest, without its blobs and children.</summary>
    /// <returns>The digest that the registry gave it.</returns>
    /// <exception cref="HttpRequestException">The registry refused it; the message contains its answer.</exception>
    public async Task<string> PushManifestAsync(
        string repository,
        string reference,
        string mediaType,
        ReadOnlyMemory<byte> content,
        CancellationToken ct = default)
    {
        using var response = await SendAsync(
            HttpMethod.Put, $"v2/{repository}/manifests/{reference}", content, mediaType, ct);
        await ThrowUnlessAsync(response, HttpStatusCode.Created, ct);
        return response.Headers.TryGetValues(RegistryResponse.DigestHeader, out var digests)
            ? digests.First()
            : ContentDigest.Sha256(content.Span);
    }

    /// <summary>Pushes a blob unless the registry has it.</summary>
    /// <exception cref="HttpRequestException">The registry refused it; the message contains its answer.</exception>
    public async Task PushBlobAsync(string repository, BuiltBlob blob, CancellationToken ct = default)
    {
        using (var known = await SendAsync(HttpMethod.Head, $"v2/{repository}/blobs/{blob.Digest}", null, null, ct))
        {
            if (known.IsSuccessStatusCode)
            {
                return;
            }
        }

        using var opened = await SendAsync(
            HttpMethod.Post, $"v2/{repository}/blobs/uploads/", default(ReadOnlyMemory<byte>), null, ct);
        await ThrowUnlessAsync(opened, HttpStatusCode.Accepted, ct);
        var location = new Uri(_client.BaseAddress!, opened.Headers.Location!).AbsoluteUri;
        var separator = location.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var stored = await SendAsync(
            HttpMethod.Put, $"{location}{separator}digest={Uri.EscapeDataString(blob.Digest)}", blob.Content,
            "application/octet-stream", ct);
        await ThrowUnlessAsync(stored, HttpStatusCode.Created, ct);
    }

    /// <summary>Deletes a manifest by digest, or by tag if the registry allows it.</summary>
    /// <exception cref="HttpRequestException">The registry refused it; the message contains its answer.</exception>
    public async Task DeleteManifestAsync(string repository, string reference, CancellationToken ct = default)
    {
        using var response = await SendAsync(
            HttpMethod.Delete, $"v2/{repository}/manifests/{reference}", null, null, ct);
        await ThrowUnlessAsync(response, HttpStatusCode.Accepted, ct);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, ReadOnlyMemory<byte>? content, string? mediaType, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = _authorization;
        if (content is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        }

        return await _client.SendAsync(request, ct);
    }

    private static async Task ThrowUnlessAsync(
        HttpResponseMessage response, HttpStatusCode expected, CancellationToken ct)
    {
        if (response.StatusCode != expected)
        {
            var body = await response.Content.ReadAsStringAsync(ct);
            throw new HttpRequestException(
                $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}: "
                + $"{(int)response.StatusCode} {body}",
                null,
                response.StatusCode);
        }
    }
}

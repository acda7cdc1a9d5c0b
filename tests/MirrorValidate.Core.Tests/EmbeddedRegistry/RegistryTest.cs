using System.Net.Http.Headers;
using System.Text;
using MirrorValidate.Embedded;

namespace MirrorValidate.Core.Tests.Embedded;

/// <summary>A registry of its own for each test, and a client that shows answers as they are.</summary>
public abstract class RegistryTest : IAsyncLifetime
{
    private HttpClient? _client;

    protected EmbeddedRegistry Registry { get; private set; } = null!;

    protected RegistryStore Store => Registry.Store;

    protected HttpClient Client => _client ??= CreateClient(Registry);

    protected virtual EmbeddedRegistryOptions Options => new();

    public async Task InitializeAsync() => Registry = await EmbeddedRegistry.StartAsync(Options);

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        await Registry.DisposeAsync();
    }

    protected static HttpClient CreateClient(EmbeddedRegistry registry, SocketsHttpHandler? handler = null)
    {
        handler ??= new SocketsHttpHandler();
        handler.AllowAutoRedirect = false;
        handler.UseProxy = false;
        return new HttpClient(handler) { BaseAddress = registry.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
    }

    protected Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[]? body = null, string? contentType = null, string? authorization = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        if (authorization is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        return Client.SendAsync(request);
    }

    protected static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    protected static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;

    protected static async Task AssertErrorAsync(HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/json; charset=utf-8", Header(response, "Content-Type"));
        using var document = System.Text.Json.JsonDocument.Parse(body);
        var error = Assert.Single(document.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }
}

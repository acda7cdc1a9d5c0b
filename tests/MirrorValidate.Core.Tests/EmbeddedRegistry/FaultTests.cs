using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed partial class FaultTests : RegistryTest
{
    private const string Path = "/v2/library/a/manifests/1";

    private readonly BuiltManifest _image = SampleImages.Image("a");

    [Fact]
    public async Task Status_comes_with_the_error_that_a_registry_would_send()
    {
        Put();
        Registry.Faults.Add(new Fault { Status = 429, Headers = { ["Retry-After"] = "7" } });

        var response = await GetAsync();

        Assert.Equal("7", Header(response, "Retry-After"));
        await AssertErrorAsync(response, 429, "TOOMANYREQUESTS");
    }

    [Fact]
    public async Task Header_with_several_values_is_sent_in_several_lines()
    {
        Registry.Faults.Add(new Fault { Status = 401, Headers = { ["WWW-Authenticate"] = new[] { "Basic realm=\"a\"", "Bearer realm=\"b\"" } } });

        var answer = Encoding.UTF8.GetString(await ReadRawAsync(keepAlive: false));

        Assert.Contains("\r\nWWW-Authenticate: Basic realm=\"a\"\r\nWWW-Authenticate: Bearer realm=\"b\"\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_and_type_are_sent_as_given()
    {
        Registry.Faults.Add(new Fault { Status = 502, Body = "<html>bad gateway</html>", ContentType = "text/html" });

        using var response = await GetAsync();

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("text/html", Header(response, "Content-Type"));
        Assert.Equal("<html>bad gateway</html>", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Fires_as_often_as_told_after_as_many_as_told()
    {
        Put();
        var fault = Registry.Faults.Add(new Fault { Status = 503, After = 1, Times = 2 });

        var statuses = new List<int>();
        for (var count = 0; count < 5; count++)
        {
            using var response = await GetAsync();
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 503, 503, 200, 200], statuses);
        Assert.Equal(2, fault.Hits);
        Assert.Equal(5, fault.Matches);
    }

    [Fact]
    public async Task First_that_matches_decides()
    {
        Put();
        Registry.Faults.Add(new Fault { Method = "HEAD", Status = 405 });
        Registry.Faults.Add(new Fault { Path = "/v2/*/manifests/2", Status = 500 });
        Registry.Faults.Add(new Fault { Path = "/v2/library/a/*?n=5", Status = 501 });
        Registry.Faults.Add(new Fault { PathRegex = TagThree(), Status = 502 });
        Registry.Faults.Add(new Fault { Predicate = context => context.Request.Headers.Accept == "application/odd", Status = 503 });
        var last = Registry.Faults.Add(new Fault { Path = "*/manifests/4", Status = 504 });

        Assert.Equal(405, await StatusAsync(HttpMethod.Head, Path));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, Path));
        Assert.Equal(500, await StatusAsync(HttpMethod.Get, "/v2/library/a/manifests/2"));
        Assert.Equal(501, await StatusAsync(HttpMethod.Get, "/v2/library/a/tags/list?n=5"));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "/v2/library/a/tags/list"));
        Assert.Equal(502, await StatusAsync(HttpMethod.Get, "/v2/library/a/manifests/3"));
        Assert.Equal(504, await StatusAsync(HttpMethod.Get, "/v2/library/a/manifests/4"));
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/odd");
        Assert.Equal(503, await StatusAsync(HttpMethod.Get, Path));

        Registry.Faults.Remove(last);
        Registry.Faults.Clear();
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, Path));
    }

    [Fact]
    public async Task Connection_is_reset_before_an_answer()
    {
        Registry.Faults.Add(new Fault { AbortConnection = true });

        var bytes = await ReadRawAsync();

        Assert.Empty(bytes);
    }

    [Fact]
    public async Task Body_is_cut_off_after_exactly_the_bytes_told()
    {
        Put();
        Registry.Faults.Add(new Fault { CutOffAfter = 17 });

        var answer = Encoding.UTF8.GetString(await ReadRawAsync());
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

        Assert.Contains($"Content-Length: {_image.Size}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(_image.Content[..17].ToArray()), body);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.GetByteArrayAsync(Path));
    }

    [Fact]
    public async Task Body_is_changed_and_the_headers_are_not()
    {
        Put();
        Registry.Faults.Add(new Fault { TransformBody = body => [.. body, (byte)'\n'] });

        using var response = await GetAsync();

        Assert.Equal(_image.Digest, Header(response, "Docker-Content-Digest"));
        byte[] expected = [.. _image.Content.ToArray(), (byte)'\n'];
        Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Headers_are_replaced_or_removed(string method)
    {
        Put();
        Registry.Faults.Add(new Fault { Times = 1, DigestHeader = "sha256:beef", ContentType = "application/odd" });
        Registry.Faults.Add(new Fault { DigestHeader = "", ContentType = "" });

        using var replaced = await SendAsync(new HttpMethod(method), Path);
        using var removed = await SendAsync(new HttpMethod(method), Path);

        Assert.Equal("sha256:beef", Header(replaced, "Docker-Content-Digest"));
        Assert.Equal("application/odd", Header(replaced, "Content-Type"));
        Assert.Null(Header(removed, "Docker-Content-Digest"));
        Assert.Null(Header(removed, "Content-Type"));
        Assert.Equal(_image.Size, removed.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Request_is_redirected_with_its_path()
    {
        Registry.Faults.Add(new Fault { RedirectTo = "http://127.0.0.2:9{path}" });

        using var response = await SendAsync(HttpMethod.Get, Path + "?x=1");

        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal($"http://127.0.0.2:9{Path}?x=1", Header(response, "Location"));
    }

    [Fact]
    public async Task Slow_body_arrives_whole()
    {
        Put();
        Registry.Faults.Add(new Fault { DripDelay = TimeSpan.Zero });

        Assert.Equal(_image.Content.ToArray(), await Client.GetByteArrayAsync(Path));
    }

    [Fact]
    public async Task Endless_body_goes_on_until_the_client_leaves()
    {
        Registry.Faults.Add(new Fault { EndlessBody = true, Body = "[" });

        using (var response = await Client.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Null(response.Content.Headers.ContentLength);
            var body = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[1_000_000];
            await body.ReadExactlyAsync(buffer);
            Assert.Equal(-1, buffer.AsSpan().IndexOfAnyExcept((byte)'['));
        }

        await UntilIdleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waiting_ends_when_the_client_leaves(bool hang)
    {
        Put();
        var fault = Registry.Faults.Add(new Fault { HangForever = hang, Delay = TimeSpan.FromHours(1) });
        using var cancellation = new CancellationTokenSource();

        var request = Client.GetAsync(Path, cancellation.Token);
        await Patience.UntilAsync(() => fault.Hits == 1);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await UntilIdleAsync();
        Assert.Null(Assert.Single(Registry.Requests.Snapshot()).Status);
    }

    [Fact]
    public async Task Replaced_body_can_be_cut_off_too()
    {
        Registry.Faults.Add(new Fault { Status = 404, Body = "0123456789", CutOffAfter = 4 });

        var answer = Encoding.UTF8.GetString(await ReadRawAsync());

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n0123", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_may_spare_requests_that_are_not_authorized()
    {
        Put();
        Registry.Options.Authentication = new BasicAuthentication("u", "p");
        var fault = Registry.Faults.Add(new Fault { Status = 500, AuthorizedOnly = true });

        Assert.Equal(401, await StatusAsync(HttpMethod.Get, Path));
        using var authorized = await SendAsync(HttpMethod.Get, Path, authorization: Basic("u", "p"));

        Assert.Equal(HttpStatusCode.InternalServerError, authorized.StatusCode);
        Assert.Equal(1, fault.Matches);
    }

    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/ab", false)]
    [InlineData("*", "", true)]
    [InlineData("/a*", "/a", true)]
    [InlineData("*a", "/b/a", true)]
    [InlineData("*a", "/a/b", false)]
    [InlineData("/v2/*/manifests/*", "/v2/x/y/manifests/1", true)]
    [InlineData("/v2/*/manifests/*", "/v2/x/y/blobs/1", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*a", "abba", true)]
    public void Pattern_matches_the_whole_path(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.IsMatch(pattern, text));

    [GeneratedRegex("manifests/3$")]
    private static partial Regex TagThree();

    private void Put() => _image.PutInto(Store, "library/a", "1");

    private Task<HttpResponseMessage> GetAsync() => SendAsync(HttpMethod.Get, Path);

    private async Task<int> StatusAsync(HttpMethod method, string path)
    {
        using var response = await SendAsync(method, path);
        return (int)response.StatusCode;
    }

    /// <summary>What a connection carries until the server ends it, whether in order or by a reset.</summary>
    private async Task<byte[]> ReadRawAsync(bool keepAlive = true)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Registry.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: x\r\n{(keepAlive ? "" : "Connection: close\r\n")}\r\n"));
        using var answer = new MemoryStream();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await stream.CopyToAsync(answer, timeout.Token);
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return answer.ToArray();
        }

        return answer.ToArray();
    }

    private Task UntilIdleAsync() => Patience.UntilAsync(() => Registry.Requests.Concurrency == 0);
}

using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>Servers that speak no HTTP, or a hostile one. What they say is not repeated: they have seen the password.</summary>
public sealed class InvalidHttpTests
{
    private const string Password = "hunter2hunter2";

    public static TheoryData<string, string, ValidationReason> Cases => new()
    {
        { "SSH-2.0-{secret}\r\n", "the answer is not valid HTTP", ValidationReason.RegistryUnavailable },
        { "HTTP/1.1 {secret}\r\n\r\n", "the answer is not valid HTTP", ValidationReason.RegistryUnavailable },
        { "HTTP/1.1 200 OK\r\n{secret}\r\n\r\n", "the answer is not valid HTTP", ValidationReason.RegistryUnavailable },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{secret}\r\n", "the answer is not valid HTTP", ValidationReason.RegistryUnavailable },
        { "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{secret}", "the connection was closed before the answer was complete", ValidationReason.RegistryUnavailable },
        { "", "the connection was closed before the answer was complete", ValidationReason.RegistryUnavailable },
        { "HTTP/1.1 500 {secret}\r\nContent-Length: 0\r\n\r\n", "500 Internal Server Error (", ValidationReason.RegistryUnavailable },
        { "HTTP/1.1 299 {secret}\r\nContent-Length: 0\r\n\r\n", ": 299 (", ValidationReason.UnexpectedResponse },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.{secret}\r\nContent-Length: 2\r\n\r\n{}", "destination manifest MIME type unknown: application/vnd.***", ValidationReason.DestinationNotAList },
        { "HTTP/1.1 200 OK\r\nContent-Type: a\u001b[2J/b\r\nContent-Length: 2\r\n\r\n{}", "destination manifest MIME type unknown: a [2j/b", ValidationReason.DestinationNotAList },
        { "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nt{secret}   ", "is not JSON", ValidationReason.MalformedManifest },
        { "HTTP/1.1 307 Go\r\nLocation: {secret}://x/\r\nContent-Length: 0\r\n\r\n", "a redirect to ", ValidationReason.UnexpectedResponse },
        { "HTTP/1.1 307 Go\r\nLocation: http://[{secret}/\r\nContent-Length: 0\r\n\r\n", "307 ", ValidationReason.UnexpectedResponse },
        { "HTTP/1.1 307 Go\r\nLocation: http://{secret}.example/x?{secret}\r\nContent-Length: 0\r\n\r\n", "a redirect to http://***.example/x was not followed", ValidationReason.UnexpectedResponse },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Answer_after_the_password_was_sent(string answer, string says, ValidationReason reason)
    {
        await using var hostile = new RawServer(head =>
            head.Contains("Authorization", StringComparison.Ordinal) ? answer.Replace("{secret}", Password, StringComparison.Ordinal)
            : head[0] == '\x16' ? "HTTP/1.0 400 Bad Request\r\n\r\n"
            : "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using Mirror mirror = await Mirror.StartAsync();
        using var run = new Run(destination: Run.User("mirror", Password));

        MirrorImageResult result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {hostile.Host}/team/app 1");

        Assert.Equal(reason.ToString(), result.Reason);
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.Message + result.DestinationMediaType + result.Exception + run.Log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(result.Message, char.IsControl);
    }
}

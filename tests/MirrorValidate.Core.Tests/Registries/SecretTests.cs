using System.Reflection;
using System.Text;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>
/// Every kind of failure at servers that send back what they were sent, wherever a server can say something: nothing of it is in a log
/// line of any level, in the result, or in a chain of exceptions (CVE-2021-45449).
/// </summary>
public sealed class SecretTests
{
    private const string Password = "pa55 w\u00f6rd/+\"q";
    private const string Token = "tokentokentoken.eyJhbGciOi-_~+/==";
    private const string IdentityToken = "refresh-0123456789abcdef";
    private const string Signature = "X-Amz-Credential=AKIA0123456789&X-Amz-Signature=fedcba9876543210fedcba9876543210";

    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"mirror:{Password}"));

    private static readonly string[] Secrets =
    [
        Password, Uri.EscapeDataString(Password), Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)).TrimEnd('='), Basic.TrimEnd('='),
        Token, IdentityToken, "fedcba9876543210fedcba9876543210", "AKIA0123456789", Signature,
    ];

    /// <summary>Answers of a server; <c>{s}</c> stands for what it was sent, <c>{b}</c> for the same where a header must not break.</summary>
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["status 400"] = Answer("400 Bad Request", "", "{s}"),
        ["status 401"] = Answer("401 {b}", "WWW-Authenticate: Basic realm=\"{b}\"", "{s}"),
        ["status 403"] = Answer("403 {b}", "Content-Type: text/html", "<html>{s}</html>"),
        ["status 404"] = Answer("404 Not Found", "Content-Type: application/json", "{\"errors\":[{\"code\":\"{s}\",\"message\":\"{s}\",\"detail\":\"{s}\"}]}"),
        ["status 418"] = Answer("418 {b}", "X-Echo: {b}", "{s}"),
        ["status 429"] = Answer("429 {b}", "Retry-After: 0", "wait {s}"),
        ["status 429 for long"] = Answer("429 {b}", "Retry-After: 86400", "{\"message\":\"{s}\"}"),
        ["status 500"] = Answer("500 {b}", "", "{\"error\":\"{s}\",\"error_description\":\"{s}\"}"),
        ["status 503"] = Answer("503 {b}", "", "{\"details\":\"{s}\"}"),
        ["status line"] = "{b} HTTP/1.1 200 OK\r\n\r\n",
        ["status code"] = "HTTP/1.1 {b} OK\r\n\r\n",
        ["header line"] = "HTTP/1.1 200 OK\r\n{b}\r\n\r\n",
        ["chunk"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{b}\r\n",
        ["cut off"] = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{s}",
        ["page"] = Answer("200 OK", "Content-Type: text/html", "<html>{s}"),
        ["JSON literal"] = Answer("200 OK", "", "t{s}"),
        ["media type"] = Answer("200 OK", "Content-Type: application/{b}", "{}"),
        ["mediaType member"] = Answer("200 OK", "", "{\"mediaType\":\"application/{s}\"}"),
        ["mediaType that differs"] = Answer("200 OK", "Content-Type: application/vnd.docker.distribution.manifest.list.v2+json", "{\"mediaType\":\"{s}\",\"manifests\":[]}"),
        ["digest header"] = Answer("200 OK", "Docker-Content-Digest: x:{b}", "{\"manifests\":[]}"),
        ["digest header of sha256"] = Answer("200 OK", "Docker-Content-Digest: sha256:{b}", "{\"manifests\":[]}"),
        ["digest of an entry"] = Answer("200 OK", "", "{\"manifests\":[{\"digest\":\"{s}\"}]}"),
        ["digest of an unknown algorithm"] = Answer("200 OK", "", "{\"manifests\":[{\"digest\":\"x:{b}\",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}}]}"),
        ["platform"] = Answer("200 OK", "", "{\"manifests\":[{\"digest\":\"md5:00\",\"platform\":{\"architecture\":\"amd64\",\"os\":\"{s}\",\"variant\":\"{s}\",\"os.version\":\"{s}\",\"os.features\":[\"{s}\"]}}]}"),
        ["member names"] = Answer("200 OK", "", "{\"{s}\":1,\"manifests\":[{\"{s}\":1}],\"manifests\":[]}"),
        ["redirect by name"] = Answer("307 {b}", "Location: http://{b}.example/{b}?{b}", ""),
        ["redirect by scheme"] = Answer("307 {b}", "Location: {b}://x/", ""),
        ["redirect with user"] = Answer("307 {b}", "Location: https://{b}:{b}@x.example/", ""),
        ["redirect to nowhere"] = Answer("307 {b}", "", "{s}"),
        ["realm on another host"] = Answer("401 No", "WWW-Authenticate: Bearer realm=\"https://{b}.example/{b}\",service=\"{b}\",error=\"{b}\"", "{s}"),
        ["realm that is none"] = Answer("401 No", "WWW-Authenticate: Bearer realm=\"{b}\"", "{s}"),
        ["realm with user"] = Answer("401 No", "WWW-Authenticate: Bearer realm=\"https://{b}@127.0.0.1/\"", "{s}"),
        ["scheme of a challenge"] = Answer("401 No", "WWW-Authenticate: {b} {b}=\"{b}\"", "{s}"),
        ["control characters between"] = Answer("500 No", "", "\u001b{s}\u200b{s}\u0000"),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string answer in Answers.Keys)
            {
                foreach (string way in new[] { "password", "token", "token server", "token server for an identity", "storage" }) cases.Add(way, answer);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nothing_that_was_sent_in_secret_comes_out(string way, string answer)
    {
        await using var server = new RawServer(head => Respond(way, head, Answers[answer]));
        RegistryCredential credential = way.EndsWith("identity", StringComparison.Ordinal)
            ? RegistryCredential.IdentityToken(IdentityToken)
            : RegistryCredential.Basic("mirror", Password);
        using var run = new Run(Run.Quick with { MaximumRetryCount = 1 }, destination: new FixedCredential("the test", credential));
        await using Mirror mirror = await Mirror.StartAsync();

        MirrorImageResult result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {server.Host}/team/app 1");

        Assert.NotEqual(nameof(ValidationStatus.Passed), result.Status);
        Assert.NotEqual(nameof(ValidationReason.InternalError), result.Reason);
        string shown = string.Join('\n', [run.Log.Text, .. Texts(result), .. Texts(result.Exception)]);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.OrdinalIgnoreCase));
        Assert.All(run.Log.Events, line => Assert.DoesNotContain(line.Text, c => c != '\n' && char.IsControl(c)));
        Assert.True(server.Requests.Any(head => head.Contains(way == "storage" ? Signature : Secret(way), StringComparison.Ordinal)) || way.EndsWith("identity", StringComparison.Ordinal), "the server has seen the secret");
    }

    private static string Answer(string status, string header, string body) => $"HTTP/1.1 {status}\r\n{(header.Length > 0 ? header + "\r\n" : "")}Connection: close\r\n\r\n{body}";

    private static string Secret(string way) => way switch
    {
        "token" => Token,
        _ => Basic,
    };

    // The server is the registry, its token server and the storage that it redirects to; which of them is hostile is the way.
    private static string Respond(string way, string head, string answer)
    {
        bool isAuthorized = head.Contains("Authorization: ", StringComparison.Ordinal);
        string host = Line(head, "Host: ");
        if (head[0] == '\x16') return "HTTP/1.0 400 Bad Request\r\n\r\n";
        if (head.Contains(" /token", StringComparison.Ordinal))
        {
            if (way.StartsWith("token server", StringComparison.Ordinal)) return Echo(answer, way.EndsWith("identity", StringComparison.Ordinal) ? IdentityToken : Basic);
            return Answer("200 OK", "", $"{{\"token\":\"{Token}\"}}");
        }

        if (head.Contains(" /storage", StringComparison.Ordinal)) return Echo(answer, Signature);
        if (!isAuthorized)
        {
            string challenge = way is "password" or "storage" ? "Basic realm=\"x\"" : $"Bearer realm=\"http://{host}/token\"";
            return Answer("401 Unauthorized", $"WWW-Authenticate: {challenge}", "");
        }

        return way switch
        {
            "password" => Echo(answer, Basic),
            "storage" => Answer("307 Go", $"Location: http://{host}/storage?{Signature}", ""),
            _ => Echo(answer, Token),
        };
    }

    private static string Line(string head, string name)
    {
        int start = head.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return start < name.Length ? "" : head[start..head.IndexOf('\r', start)];
    }

    // A server that knows Basic knows the password: both are sent back.
    private static string Echo(string answer, string sent) => answer
        .Replace("{b}", sent, StringComparison.Ordinal)
        .Replace("{s}", sent == Basic ? $"{sent} {Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Password.Replace("\"", "\\\"", StringComparison.Ordinal)))}" : sent, StringComparison.Ordinal);

    private static IEnumerable<string> Texts(MirrorImageResult result) => typeof(MirrorImageResult)
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Select(property => property.GetValue(result) is System.Collections.IEnumerable many and not string
            ? string.Join('\n', many.Cast<object>())
            : property.GetValue(result)?.ToString() ?? "")
        .Append(result.ToString());

    private static IEnumerable<string> Texts(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception.ToString();
            foreach (System.Collections.DictionaryEntry entry in exception.Data) yield return $"{entry.Key}: {entry.Value}";
        }
    }
}

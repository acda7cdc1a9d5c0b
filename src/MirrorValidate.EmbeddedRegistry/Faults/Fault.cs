using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MirrorValidate.Embedded;

/// <summary>
/// A fault to inject. The first members select the requests, the others say what happens. Members that replace the
/// answer (<see cref="Status"/>, <see cref="Body"/>, <see cref="RedirectTo"/>, …) and members that damage it
/// (<see cref="CutOffAfter"/>, <see cref="TransformBody"/>, <see cref="DigestHeader"/>, …) can be combined.
/// </summary>
public sealed class Fault
{
    private long _matches;
    private long _hits;

    /// <summary>The method it applies to; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The whole path it applies to, such as <c>/v2/library/*/manifests/latest</c>; <c>*</c> matches any characters;
    /// null: any path. A pattern with a <c>?</c> is matched against path and query.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>A pattern that must match anywhere in path and query; null: any.</summary>
    public Regex? PathRegex { get; init; }

    /// <summary>An additional condition; null: none.</summary>
    public Func<HttpContext, bool>? Predicate { get; init; }

    /// <summary>
    /// Whether it applies only to requests that pass authentication.
    /// <value>False: it comes before authentication, as a front proxy would.</value>
    /// </summary>
    public bool AuthorizedOnly { get; init; }

    /// <summary>The maximum number of times it fires; null: no maximum.</summary>
    public int? Times { get; init; }

    /// <summary>The number of matching requests to let through before it fires.</summary>
    public int After { get; init; }

    /// <summary>The status of the answer; null: 200 if the answer is replaced, else the registry's.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Headers to add to the answer or to replace: <c>Headers = { ["Retry-After"] = "7" }</c>. A header with several
    /// values is sent as several lines.
    /// </summary>
    public IDictionary<string, StringValues> Headers { get; } =
        new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The body of the answer as text; null with <see cref="Status"/> set: the registry error for that status.
    /// </summary>
    public string? Body { get; init; }

    /// <summary>The body of the answer as bytes.</summary>
    public ReadOnlyMemory<byte>? BodyBytes { get; init; }

    /// <summary>The Content-Type of the answer, replaced or not; empty: none; null: unchanged.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Docker-Content-Digest of the answer; empty: none; null: unchanged.</summary>
    public string? DigestHeader { get; init; }

    /// <summary>Leaves Content-Length out; a body is sent in chunks then.</summary>
    public bool OmitContentLength { get; init; }

    /// <summary>
    /// Where to redirect to (307, or <see cref="Status"/>); <c>{path}</c> is replaced by the request's path and query;
    /// null: no redirect.
    /// </summary>
    public string? RedirectTo { get; init; }

    /// <summary>The delay before the answer. Ends early if the client disconnects.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What the answer waits for; null: nothing. Ends early if the client disconnects.</summary>
    public Task? Until { get; init; }

    /// <summary>Whether to never answer, until the client disconnects.</summary>
    public bool HangForever { get; init; }

    /// <summary>Whether to reset the connection before answering.</summary>
    public bool AbortConnection { get; init; }

    /// <summary>
    /// The number of bytes of the body to send, with the Content-Length of the whole, before closing the connection;
    /// null: all.
    /// </summary>
    public int? CutOffAfter { get; init; }

    /// <summary>Changes the body. Content-Length is adjusted, other headers stay unchanged; null: no change.</summary>
    public Func<byte[], byte[]>? TransformBody { get; init; }

    /// <summary>The pause after each byte of the body; null: the body is sent at once.</summary>
    public TimeSpan? DripDelay { get; init; }

    /// <summary>Whether to send an endless body without Content-Length: the fault's body repeated, or blanks.</summary>
    public bool EndlessBody { get; init; }

    /// <summary>The number of times it fired.</summary>
    public int Hits => (int)Interlocked.Read(ref _hits);

    /// <summary>The number of requests that matched, including those let through.</summary>
    public int Matches => (int)Interlocked.Read(ref _matches);

    internal bool ReplacesAnswer =>
        Status is not null || Body is not null || BodyBytes is not null || RedirectTo is not null || EndlessBody;

    internal bool SpoilsBody => CutOffAfter is not null || TransformBody is not null || DripDelay is not null;

    /// <summary>Whether it fires for this request. Counts the request if it matches.</summary>
    internal bool Fires(HttpContext context, Func<HttpContext, bool> isAuthorized)
    {
        if (!IsMatch(context) || (AuthorizedOnly && !isAuthorized(context)))
        {
            return false;
        }

        var number = Interlocked.Increment(ref _matches);
        if (number <= After || (Times is { } times && number > (long)After + times))
        {
            return false;
        }

        Interlocked.Increment(ref _hits);
        return true;
    }

    private bool IsMatch(HttpContext context)
    {
        var request = context.Request;
        if (Method is not null && !string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (Path is not null
            && !Glob.IsMatch(
                Path, Path.Contains('?', StringComparison.Ordinal) ? PathAndQuery(request) : request.Path.Value ?? "/"))
        {
            return false;
        }

        return PathRegex?.IsMatch(PathAndQuery(request)) != false && Predicate?.Invoke(context) != false;
    }

    internal static string PathAndQuery(HttpRequest request) => request.Path.Value + request.QueryString.Value;
}

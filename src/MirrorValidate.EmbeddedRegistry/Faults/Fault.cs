using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MirrorValidate.Embedded;

/// <summary>
/// One thing that goes wrong. The members of the first group say when, those of the second what. What replaces the answer
/// (<see cref="Status"/>, <see cref="Body"/>, <see cref="RedirectTo"/>, …) and what spoils it (<see cref="CutOffAfter"/>,
/// <see cref="TransformBody"/>, <see cref="DigestHeader"/>, …) can be combined.
/// </summary>
public sealed class Fault
{
    private long _matches;
    private long _hits;

    /// <summary>The method it applies to; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The whole path it applies to, <c>*</c> standing for anything, such as <c>/v2/library/*/manifests/latest</c>; null: any.
    /// A pattern with a <c>?</c> is held against path and query.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The paths it applies to, found anywhere in path and query; null: any.</summary>
    public Regex? PathRegex { get; init; }

    /// <summary>A further condition; null: none.</summary>
    public Func<HttpContext, bool>? Predicate { get; init; }

    /// <summary>
    /// Whether it applies only to requests that pass authentication.
    /// <value>False: it comes before authentication, as a front proxy would.</value>
    /// </summary>
    public bool AuthorizedOnly { get; init; }

    /// <summary>How many times it fires; null: always.</summary>
    public int? Times { get; init; }

    /// <summary>How many matching requests pass before it fires.</summary>
    public int After { get; init; }

    /// <summary>The status to answer; null: 200 where the answer is replaced, else the registry's own.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Headers to add to the answer, or to set where it has them: <c>Headers = { ["Retry-After"] = "7" }</c>.
    /// One with several values is sent as several lines.
    /// </summary>
    public IDictionary<string, StringValues> Headers { get; } = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body to answer, as text; null with <see cref="Status"/> set: the registry error of that status.</summary>
    public string? Body { get; init; }

    /// <summary>The body to answer, as bytes.</summary>
    public ReadOnlyMemory<byte>? BodyBytes { get; init; }

    /// <summary>The Content-Type of an answer, replaced or not; empty: none at all; null: as it is.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Docker-Content-Digest of the answer; empty: none at all; null: as it is.</summary>
    public string? DigestHeader { get; init; }

    /// <summary>Leaves Content-Length out; a body is sent in chunks then.</summary>
    public bool OmitContentLength { get; init; }

    /// <summary>
    /// Where to redirect to (307, or <see cref="Status"/>); <c>{path}</c> in it stands for the path and query asked for. Null: nowhere.
    /// </summary>
    public string? RedirectTo { get; init; }

    /// <summary>How long to wait before answering; ends when the client goes away.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Never answers, until the client goes away.</summary>
    public bool HangForever { get; init; }

    /// <summary>Resets the connection before answering.</summary>
    public bool AbortConnection { get; init; }

    /// <summary>Announces the whole body by Content-Length, sends this many bytes of it and closes the connection; null: sends all.</summary>
    public int? CutOffAfter { get; init; }

    /// <summary>Changes the body, with Content-Length to fit but every other header as it was; null: does not.</summary>
    public Func<byte[], byte[]>? TransformBody { get; init; }

    /// <summary>Sends the body a byte at a time with this pause after each; null: at once.</summary>
    public TimeSpan? DripDelay { get; init; }

    /// <summary>Sends a body without end and without Content-Length: the fault's own body over and over, or blanks.</summary>
    public bool EndlessBody { get; init; }

    /// <summary>How many times it fired.</summary>
    public int Hits => (int)Interlocked.Read(ref _hits);

    /// <summary>How many requests matched, those let through included.</summary>
    public int Matches => (int)Interlocked.Read(ref _matches);

    internal bool ReplacesAnswer => Status is not null || Body is not null || BodyBytes is not null || RedirectTo is not null || EndlessBody;

    internal bool SpoilsBody => CutOffAfter is not null || TransformBody is not null || DripDelay is not null;

    /// <summary>Whether it fires for this request; counts the request if it matches.</summary>
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

        if (Path is not null && !Glob.IsMatch(Path, Path.Contains('?', StringComparison.Ordinal) ? PathAndQuery(request) : request.Path.Value ?? "/"))
        {
            return false;
        }

        return PathRegex?.IsMatch(PathAndQuery(request)) != false && Predicate?.Invoke(context) != false;
    }

    internal static string PathAndQuery(HttpRequest request) => request.Path.Value + request.QueryString.Value;
}

using System.Globalization;
using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>Statuses, limits of requests, and connections that break.</summary>
internal static class AnswerFaults
{
    private const string ErrorBody = "{\"errors\":[{\"code\":\"CUSTOM_CODE\",\"message\":\"words of the registry\"}]}";

    private static readonly string FarDate = DateTimeOffset.UtcNow.AddDays(2).ToString("R", CultureInfo.InvariantCulture);

    internal static IEnumerable<FaultCase> All =>
    [
        Status(400, ValidationReason.UnexpectedResponse, 1),
        Status(403, ValidationReason.Forbidden, 1) with { Says = ["403 Forbidden", "may not exist", "CUSTOM_CODE: words of the registry"] },
        Status(405, ValidationReason.UnexpectedResponse, 1),
        Status(406, ValidationReason.UnexpectedResponse, 1),
        Status(408, ValidationReason.TimedOut, 3),
        Status(409, ValidationReason.UnexpectedResponse, 1),
        Status(410, ValidationReason.UnexpectedResponse, 1),
        Status(418, ValidationReason.UnexpectedResponse, 1),
        Status(429, ValidationReason.RateLimited, 3),
        Status(451, ValidationReason.UnexpectedResponse, 1),
        Status(500, ValidationReason.RegistryUnavailable, 3),
        Status(501, ValidationReason.RegistryUnavailable, 1),
        Status(502, ValidationReason.RegistryUnavailable, 3),
        Status(503, ValidationReason.RegistryUnavailable, 3),
        Status(504, ValidationReason.RegistryUnavailable, 3),
        Status(507, ValidationReason.RegistryUnavailable, 1),
        Status(206, ValidationReason.UnexpectedResponse, 1),
        Status(203, ValidationReason.UnexpectedResponse, 1),
        FaultCase.Of("204 without a body", () => new Fault { Status = 204, Body = "" }, ValidationReason.UnexpectedResponse, 1, "204 No Content"),
        FaultCase.Of("304 to no condition", () => new Fault { Status = 304, Body = "" }, ValidationReason.UnexpectedResponse, 1, "304 Not Modified"),
        FaultCase.Of(
            "502 with a page", () => new Fault { Status = 502, Body = "<html><body>bad gateway</body></html>", ContentType = "text/html" },
            ValidationReason.RegistryUnavailable, 3, "502 Bad Gateway: an HTML page"),
        FaultCase.Of("500 with an empty body", () => new Fault { Status = 500, Body = "" }, ValidationReason.RegistryUnavailable, 3, "500 Internal Server Error ("),
        FaultCase.Of(
            "error body without an end", () => new Fault { Status = 400, EndlessBody = true, Body = "words " },
            ValidationReason.UnexpectedResponse, 1, "400 Bad Request: words words"),
        FaultCase.Of(
            "error body that comes by the byte", () => new Fault { Status = 400, Body = ErrorBody, DripDelay = TimeSpan.FromSeconds(30) },
            ValidationReason.UnexpectedResponse, 1, "400 Bad Request"),
        FaultCase.Of(
            "429 for an hour", () => new Fault { Status = 429, Headers = { ["Retry-After"] = "3600" } },
            ValidationReason.RateLimited, 1, "429 Too Many Requests", "TOOMANYREQUESTS", "asks to wait 3600 s, longer than the time left for the image"),
        FaultCase.Of(
            "429 until a day", () => new Fault { Status = 429, Headers = { ["Retry-After"] = FarDate } },
            ValidationReason.RateLimited, 1, "longer than the time left for the image"),
        FaultCase.Of("429 until now", () => new Fault { Status = 429, Headers = { ["Retry-After"] = "0" } }, ValidationReason.RateLimited, 3, "TOOMANYREQUESTS"),
        FaultCase.Of(
            "429 until a day gone by", () => new Fault { Status = 429, Headers = { ["Retry-After"] = "Wed, 21 Oct 2015 07:28:00 GMT" } },
            ValidationReason.RateLimited, 3, "TOOMANYREQUESTS"),
        FaultCase.Of(
            "429 for more than a timer holds", () => new Fault { Status = 429, Headers = { ["Retry-After"] = "2147483647" } },
            ValidationReason.RateLimited, 1, "longer than the time left"),
        FaultCase.Of(
            "429 until nonsense", () => new Fault { Status = 429, Headers = { ["Retry-After"] = "soon" } }, ValidationReason.RateLimited, 3, "TOOMANYREQUESTS"),
        FaultCase.Of(
            "503 for an hour", () => new Fault { Status = 503, Headers = { ["Retry-After"] = "3600" } },
            ValidationReason.RegistryUnavailable, 1, "503 Service Unavailable", "asks to wait 3600 s"),
        FaultCase.Of("connection reset", () => new Fault { AbortConnection = true }, ValidationReason.RegistryUnavailable, 3, "the connection"),
        FaultCase.Of(
            "body cut off", () => new Fault { CutOffAfter = 100 }, ValidationReason.RegistryUnavailable, 3, "the connection was closed before the answer was complete"),
        FaultCase.Of("headers too large", () => new Fault { Headers = { ["X-Much"] = new string('x', 80_000) } }, ValidationReason.ResponseTooLarge, 1, "headers of the answer are too large"),
        Hanging("no answer", () => new Fault { HangForever = true }),
        Hanging("body that comes by the byte", () => new Fault { DripDelay = TimeSpan.FromMilliseconds(200) }),
        new("not listening", (registry, _) => registry.StopAsync().GetAwaiter().GetResult(), ValidationStatus.Error, ValidationReason.RegistryUnavailable, 0, "the connection was refused")
        {
            Attempts = 3,
        },
    ];

    private static FaultCase Status(int status, ValidationReason reason, int requests) => FaultCase.Of(
        $"{status}",
        () => new Fault { Path = Mirror.Manifest, Status = status, Body = ErrorBody, ContentType = "application/json" },
        reason,
        requests,
        $": {status}",
        "CUSTOM_CODE: words of the registry");

    private static FaultCase Hanging(string name, Func<Fault> fault) =>
        FaultCase.Of(name, fault, ValidationReason.TimedOut, 1, FaultCase.NoAnswer).Impatient;
}

using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>An error of the distribution-spec ("Error Codes"), with the wording of CNCF Distribution.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The registry's error code.</param>
/// <param name="Message">The error message.</param>
/// <param name="Detail">An object to serialize to JSON; null: none.</param>
internal sealed record RegistryError(int Status, string Code, string Message, object? Detail = null)
{
    public static RegistryError ManifestUnknown(string repository, string reference) =>
        new(
            StatusCodes.Status404NotFound,
            "MANIFEST_UNKNOWN",
            "manifest unknown",
            reference.Contains(':', StringComparison.Ordinal)
                ? new Dictionary<string, string> { ["Name"] = repository, ["Revision"] = reference }
                : new Dictionary<string, string> { ["Tag"] = reference });

    public static RegistryError BlobUnknown(string digest) =>
        new(StatusCodes.Status404NotFound, "BLOB_UNKNOWN", "blob unknown to registry", digest);

    public static RegistryError NameUnknown(string repository) =>
        new(
            StatusCodes.Status404NotFound, "NAME_UNKNOWN", "repository name not known to registry",
            new Dictionary<string, string> { ["name"] = repository });

    public static RegistryError UploadUnknown() =>
        new(StatusCodes.Status404NotFound, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");

    public static RegistryError UploadInvalid(string why) =>
        new(StatusCodes.Status400BadRequest, "BLOB_UPLOAD_INVALID", "blob upload invalid", why);

    public static RegistryError DigestInvalid() =>
        new(StatusCodes.Status400BadRequest, "DIGEST_INVALID", "provided digest did not match uploaded content");

    public static RegistryError ManifestInvalid(string why) =>
        new(StatusCodes.Status400BadRequest, "MANIFEST_INVALID", "manifest invalid", why);

    public static RegistryError ManifestBlobUnknown(string digest) =>
        new(
            StatusCodes.Status400BadRequest, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry",
            new Dictionary<string, string> { ["digest"] = digest });

    public static RegistryError PageInvalid(string text) =>
        new(
            StatusCodes.Status400BadRequest, "PAGINATION_NUMBER_INVALID", "invalid number of results requested",
            new Dictionary<string, string> { ["n"] = text });

    public static RegistryError Unsupported() =>
        new(StatusCodes.Status405MethodNotAllowed, "UNSUPPORTED", "The operation is unsupported.");

    public static RegistryError Unauthorized(object? detail) =>
        new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "authentication required", detail);

    public static RegistryError TooManyRequests() =>
        new(StatusCodes.Status429TooManyRequests, "TOOMANYREQUESTS", "You have reached your pull rate limit.");

    /// <summary>The error that a registry returns with a status.</summary>
    public static RegistryError ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized(null),
        StatusCodes.Status403Forbidden => new(status, "DENIED", "requested access to the resource is denied"),
        StatusCodes.Status404NotFound => new(status, "MANIFEST_UNKNOWN", "manifest unknown"),
        StatusCodes.Status405MethodNotAllowed => Unsupported(),
        StatusCodes.Status429TooManyRequests => new(status, "TOOMANYREQUESTS", "too many requests"),
        StatusCodes.Status503ServiceUnavailable => new(status, "UNAVAILABLE", "service unavailable"),
        _ => new(status, "UNKNOWN", "unknown error"),
    };
}

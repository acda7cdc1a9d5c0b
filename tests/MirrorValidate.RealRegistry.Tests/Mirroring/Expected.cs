using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>An expected verdict in a table of cases.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Words">
/// Parts of the message, the first at its start; empty for no message. <c>{source}</c> and <c>{destination}</c> stand
/// for the two names, <c>{sourceHost}</c> and <c>{destinationHost}</c> for their hosts, <c>{sourceDigest}</c> and
/// <c>{destinationDigest}</c> for the digests of the two tags.
/// </param>
public sealed record Expected(ValidationStatus Status, ValidationReason Reason, params string[] Words)
{
    /// <summary>The lists differ, and nothing else was requested.</summary>
    public static Expected SpecMismatch { get; } =
        Failed(ValidationReason.SpecMismatch, "source manifest \"{source}\" != dest \"{destination}\", tag \"v1\"");

    /// <summary>The tags have different digests.</summary>
    public static Expected TagDigestMismatch { get; } = DigestMismatch("{sourceDigest}", "{destinationDigest}");

    /// <summary>The destination does not have the tag.</summary>
    public static Expected DestinationNotFound { get; } = Failed(
        ValidationReason.DestinationNotFound,
        "destination manifest does not exists",
        "destination registry {destinationHost}",
        "404 Not Found: MANIFEST_UNKNOWN: manifest unknown");

    /// <summary>The exact number of requests.</summary>
    /// <value>null: any number.</value>
    public int? Requests { get; init; }

    /// <summary>Everything selected was compared and exists.</summary>
    /// <param name="requests">The exact number of requests.</param>
    public static Expected Passed(int requests) => new(ValidationStatus.Passed, ValidationReason.None) { Requests = requests };

    /// <summary>A difference is proven.</summary>
    public static Expected Failed(ValidationReason reason, params string[] words) => new(ValidationStatus.Failed, reason, words);

    /// <summary>The sides could not be compared.</summary>
    public static Expected Error(ValidationReason reason, params string[] words) => new(ValidationStatus.Error, reason, words);

    /// <summary>Two digests differ.</summary>
    public static Expected DigestMismatch(string source, string destination) =>
        Failed(ValidationReason.DigestMismatch, $"source digest \"{source}\" != dest digest \"{destination}\"");

    /// <summary>The destination's media type is not that of a list.</summary>
    public static Expected NotAList(string mediaType) =>
        Failed(ValidationReason.DestinationNotAList, $"destination manifest MIME type unknown: {mediaType}");

    /// <summary>Asserts that a result has this verdict.</summary>
    public void Check(MirrorImageResult result)
    {
        string actual = $"{result.Reason} with {result.RequestCount} requests, {result}";
        Assert.True((Status.ToString(), Reason.ToString()) == (result.Status, result.Reason), $"expected {Status} {Reason}, was {actual}");
        Assert.True((Words.Length == 0) == (result.Message.Length == 0), $"expected {(Words.Length == 0 ? "no" : "a")} message, was {actual}");
        foreach ((int index, string words) in Words.Select(words => Resolve(words, result)).Index())
        {
            bool found = index == 0 ? result.Message.StartsWith(words, StringComparison.Ordinal) : result.Message.Contains(words, StringComparison.Ordinal);
            Assert.True(found, $"expected \"{words}\", was {actual}");
        }

        Assert.True(Requests is null || Requests == result.RequestCount, $"expected {Requests} requests, was {actual}");
    }

    private static string Resolve(string words, MirrorImageResult result) => words
        .Replace("{source}", result.Source, StringComparison.Ordinal)
        .Replace("{destination}", result.Destination, StringComparison.Ordinal)
        .Replace("{sourceHost}", result.Source.Split('/')[0], StringComparison.Ordinal)
        .Replace("{destinationHost}", result.Destination.Split('/')[0], StringComparison.Ordinal)
        .Replace("{sourceDigest}", result.SourceDigest, StringComparison.Ordinal)
        .Replace("{destinationDigest}", result.DestinationDigest, StringComparison.Ordinal);
}

using MirrorValidate.References;

namespace MirrorValidate.Validation;

/// <summary>
/// The verdict on one entry of an image list. <see cref="Status"/> and <see cref="Reason"/> are texts, so that they
/// compare the same after serialization; the names are those of <see cref="ValidationStatus"/> and
/// <see cref="ValidationReason"/>.
/// </summary>
public sealed class MirrorImageResult
{
    /// <summary>The number of the entry in the list, counted from 1 (image-tools' M_ID).</summary>
    public required int Id { get; init; }

    /// <summary><c>Passed</c>, <c>Failed</c> or <c>Error</c>.</summary>
    public required string Status { get; init; }

    /// <summary>A name of <see cref="ValidationReason"/>; <c>None</c> where the entry passed.</summary>
    public required string Reason { get; init; }

    /// <summary>The verdict as a sentence; empty where the entry passed.</summary>
    public required string Message { get; init; }

    /// <summary>The source, <c>registry/repository</c>; empty where the line cannot be read.</summary>
    public string Source { get; init; } = "";

    /// <summary>The destination, <c>registry/repository</c>; empty where the line cannot be read.</summary>
    public string Destination { get; init; } = "";

    /// <summary>The tag, with the digest that it is pinned to if any; empty where the line cannot be read.</summary>
    public string Tag { get; init; } = "";

    /// <summary>
    /// The platform that the entry is limited to, as its list says it; empty where it says nothing of platforms.
    /// </summary>
    public string Platform { get; init; } = "";

    /// <summary>The digest of the source's manifest; empty where it was not read.</summary>
    public string SourceDigest { get; init; } = "";

    /// <summary>The digest of the destination's manifest; empty where it was not read.</summary>
    public string DestinationDigest { get; init; } = "";

    /// <summary>The media type of the source's manifest; empty where it was not read.</summary>
    public string SourceMediaType { get; init; } = "";

    /// <summary>The media type of the destination's manifest; empty where it was not read.</summary>
    public string DestinationMediaType { get; init; } = "";

    /// <summary>The source's manifests that are compared.</summary>
    public ManifestSpecCollection SourceSpec { get; init; } = ManifestSpecCollection.Empty;

    /// <summary>The destination's manifests that are compared.</summary>
    public ManifestSpecCollection DestinationSpec { get; init; } = ManifestSpecCollection.Empty;

    /// <summary>
    /// Both sides beside each other, entry by entry: in the source's order, then what only the destination has.
    /// </summary>
    public MirrorPlatformCollection Platforms => MirrorPlatformCollection.Of(SourceSpec, DestinationSpec);

    /// <summary>
    /// What differs, one object each, in the source's order. A result that passed may have differences that fail
    /// nothing.
    /// </summary>
    public MirrorDifferenceCollection Differences { get; init; } = MirrorDifferenceCollection.Empty;

    /// <summary>What was proven of the destination.</summary>
    public MirrorProof Proof { get; init; } = MirrorProof.None;

    /// <summary>The line as read.</summary>
    public required string Line { get; init; }

    /// <summary>The line's number, counted from 1.</summary>
    public required int LineNumber { get; init; }

    /// <summary>The file that the line stands in; empty where it came from elsewhere.</summary>
    public string Path { get; init; } = "";

    /// <summary>When the validation ended, in local time.</summary>
    public DateTime Time { get; init; }

    /// <summary>How long the validation took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many HTTP requests were sent for the entry, retries and token requests included.</summary>
    public int RequestCount { get; init; }

    /// <summary>
    /// The shard of the list that the run validated, <c>I/N</c>; empty where it validated the whole list.
    /// </summary>
    public string Shard { get; init; } = "";

    /// <summary>How the entry was validated.</summary>
    public ValidationSettings Settings { get; init; } = ValidationSettings.Unknown;

    /// <summary>The cause of an <c>Error</c>.</summary>
    internal Exception? Exception { get; init; }

    /// <summary>The verdict in a line.</summary>
    public override string ToString() => Status == nameof(ValidationStatus.Passed)
        ? $"{Status}: {Source} == {Destination}, tag {Tag}"
        : $"{Status}: {(Source.Length > 0 ? $"{Source} {Destination} {Tag}" : Printable.Of(Line))}: {Message}";
}

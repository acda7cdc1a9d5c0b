namespace MirrorValidate.Stores.Saving;

/// <summary>What was saved of an entry's source. <see cref="Status"/> and <see cref="Reason"/> are texts.</summary>
public sealed class SavedSource
{
    /// <summary>The number of the entry in the list, counted from 1.</summary>
    public required int Id { get; init; }

    /// <summary><c>Saved</c> or <c>Error</c>.</summary>
    public required string Status { get; init; }

    /// <summary>A name of <c>ValidationReason</c>; <c>None</c> where the source was saved.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it was not saved; empty where it was.</summary>
    public required string Message { get; init; }

    /// <summary>The source, <c>registry/repository</c>; empty where the line cannot be read.</summary>
    public string Source { get; init; } = "";

    /// <summary>The tag, with the digest that it is pinned to if any.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The digest of the source's manifest; empty where it was not read.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The media type of the source's manifest; empty where it was not read.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>The number of bytes that were new to the store; 0 where it had everything.</summary>
    public long Bytes { get; init; }

    /// <summary>The line as read.</summary>
    public required string Line { get; init; }

    /// <summary>The line's number, counted from 1.</summary>
    public required int LineNumber { get; init; }

    /// <summary>The file that the line stands in; empty where it came from elsewhere.</summary>
    public string Path { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many HTTP requests were sent, retries and token requests included.</summary>
    public int RequestCount { get; init; }

    /// <summary>The cause of an error.</summary>
    internal Exception? Exception { get; init; }

    /// <summary>The outcome in a line.</summary>
    public override string ToString() =>
        Message.Length == 0 ? $"{Status}: {Source} {Tag}" : $"{Status}: {Source} {Tag}: {Message}";
}

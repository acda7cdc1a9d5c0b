using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>
/// An entry that changed since an earlier run, or that still does not pass. <see cref="Change"/> is a text, so that it
/// is the same after serialization.
/// </summary>
public sealed class MirrorChange
{
    /// <summary>The name of a <see cref="MirrorChangeKind"/>.</summary>
    public required string Change { get; init; }

    /// <summary>The source, <c>registry/repository</c>.</summary>
    public string Source => Result.Source;

    /// <summary>The destination, <c>registry/repository</c>.</summary>
    public string Destination => Result.Destination;

    /// <summary>The tag.</summary>
    public string Tag => Result.Tag;

    /// <summary>The platform that the entry is limited to; empty for none.</summary>
    public string Platform => Result.Platform;

    /// <summary>The line of the entry.</summary>
    public string Line => Result.Line;

    /// <summary>The earlier result; <see langword="null"/> for an entry that is new.</summary>
    public MirrorImageResult? Before { get; init; }

    /// <summary>The result now; <see langword="null"/> for an entry that is gone.</summary>
    public MirrorImageResult? After { get; init; }

    private MirrorImageResult Result => After ?? Before!;

    /// <summary>The change in a line: <c>NewlyFailed: SOURCE DESTINATION TAG: SpecMismatch</c>.</summary>
    public override string ToString() => $"{Change}: {Result}";
}

namespace MirrorValidate.Reports.Results;

/// <summary>
/// A value of a result that was kept: an object of a file or another session, an element of a JSON document. Readers
/// ask for what they need by name, since every way to keep a result gives it another shape.
/// </summary>
internal interface IResultValue
{
    /// <summary>
    /// The value as culture-independent text: dates as ISO 8601, times as <c>[d.]hh:mm:ss[.f]</c>; empty for nothing.
    /// </summary>
    string Text { get; }

    /// <summary>The values in a collection; a single object is one of itself, nothing is an empty one.</summary>
    IEnumerable<IResultValue> Items { get; }

    /// <summary>The member of this name, whatever its case; <see langword="null"/> where there is none.</summary>
    IResultValue? Member(string name);
}

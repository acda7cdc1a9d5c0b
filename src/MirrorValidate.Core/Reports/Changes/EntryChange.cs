namespace MirrorValidate.Reports.Changes;

/// <summary>What became of an entry since the baseline.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Before">
/// Where the spool has the earlier result; <see langword="null"/> for an entry that is new.
/// </param>
internal readonly record struct EntryChange(MirrorChangeKind Kind, long? Before);

using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>An entry of a report.</summary>
/// <param name="Result">The result; of an entry that is gone, the earlier one.</param>
/// <param name="Change">What became of it since the baseline; <see langword="null"/> for nothing.</param>
/// <param name="Before">The earlier result of an entry that changed and is not new or gone.</param>
internal sealed record ReportEntry(MirrorImageResult Result, MirrorChangeKind? Change, MirrorImageResult? Before);

using MirrorValidate.ImageLists;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Findings;

/// <summary>The verdict on an entry, before it is put into a result.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Message">The sentence; empty where the entry passed.</param>
/// <param name="Exception">The cause of an error.</param>
internal sealed record Verdict(
    ValidationStatus Status, ValidationReason Reason, string Message, Exception? Exception = null)
{
    /// <param name="comparisons">How many manifests were compared.</param>
    /// <exception cref="InvalidOperationException">None: nothing passes without a comparison.</exception>
    internal static Verdict PassedAfter(int comparisons) => comparisons > 0
        ? new(ValidationStatus.Passed, ValidationReason.None, "")
        : throw new InvalidOperationException("nothing was compared");

    /// <summary>An error without a registry's fault.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="exception">The cause.</param>
    /// <param name="values">The values of the reason's message.</param>
    internal static Verdict Error(ValidationReason reason, Exception exception, params string[] values) =>
        new(ValidationStatus.Error, reason, ReasonTable.Of(reason).Format(values), exception);

    /// <summary>
    /// The error of an entry that says no image, since it cannot be read, or its tags cannot be listed.
    /// </summary>
    internal static Verdict OfEntry(ImageListException exception)
    {
        ValidationReason reason = exception.Fault is { } fault
            ? UnreadSide.OfSource(fault, read: null).Reason
            : ValidationReason.InvalidLine;
        return new Verdict(ValidationStatus.Error, reason, exception.Message, exception);
    }

    /// <summary>
    /// The verdict on what a check found. What is proven outweighs what is not known; of several findings, the first
    /// decides.
    /// </summary>
    /// <param name="findings">The findings, the most important first.</param>
    /// <returns>The verdict; <see langword="null"/> where nothing is wrong.</returns>
    internal static Verdict? Of(IReadOnlyList<Finding> findings)
    {
        List<Finding> proven = [.. findings.Where(finding => finding.Status == ValidationStatus.Failed)];
        if (proven.Count > 0) return OfProven(proven);
        return findings.FirstOrDefault(finding => finding.Status == ValidationStatus.Error) is { } unknown
            ? new Verdict(ValidationStatus.Error, unknown.Reason, unknown.Clause, unknown.Fault)
            : null;
    }

    private static Verdict OfProven(List<Finding> findings)
    {
        IGrouping<FindingTarget, Finding>[] sentences = [.. findings.GroupBy(finding => finding.Target)];
        ValidationReason reason = sentences[0].MinBy(finding => ReasonTable.Of(finding.Reason).Precedence)!.Reason;
        return new Verdict(ValidationStatus.Failed, reason, string.Join("; ", sentences.Select(Sentence)));
    }

    private static string Sentence(IGrouping<FindingTarget, Finding> findings)
    {
        Finding first = findings.First();
        // Their clauses have commas in them.
        string separator = findings.Key is FindingTarget.Blob or FindingTarget.Entry ? "; " : ", ";
        string clauses = ShortList.Join(separator, [.. findings.Select(finding => finding.Clause)]);
        string sentence = findings.Key == FindingTarget.Image ? clauses : ReasonTable.Of(first.Reason).Format(clauses);
        return findings.FirstOrDefault(finding => finding.Answer.Length > 0) is { Answer: var answer }
            ? $"{sentence}: {answer}"
            : sentence;
    }
}

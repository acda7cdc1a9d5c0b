using System.Text.RegularExpressions;
using MirrorValidate.Registries;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Every reason and every kind of difference has its entry, whole and on its page.</summary>
public sealed class TableTests
{
    public static TheoryData<DifferenceKind> Kinds => [.. Enum.GetValues<DifferenceKind>()];

    public static TheoryData<ValidationReason> Reasons => [.. Enum.GetValues<ValidationReason>()];

    [Fact]
    public void Each_stands_once()
    {
        Assert.Equal(Enum.GetValues<DifferenceKind>(), DifferenceTable.All.Select(info => info.Kind).Order());
        Assert.Equal(Enum.GetValues<ValidationReason>(), ReasonTable.All.Select(info => info.Reason).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_of_difference_has_cause_remedy_and_its_row_in_the_docs(DifferenceKind kind)
    {
        DifferenceInfo info = DifferenceTable.Of(kind);
        Assert.Equal(kind, info.Kind);
        Assert.Same(info, DifferenceTable.Find(kind.ToString()));
        Assert.Matches(@"^[A-Z].*\.$", info.Cause);
        Assert.Matches(@"^[A-Z].*\.$", info.Remedy);
        Assert.DoesNotMatch(@"^[ \p{Lu}].*\.$", info.Note);
        Assert.Contains($"`{kind}`", File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "differences.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_kind_fails_with_is_a_failure_or_nothing()
    {
        Assert.All(
            DifferenceTable.All.Where(info => info.Reason is not null && !info.IsToldOnly),
            info => Assert.Equal(ValidationStatus.Failed, ReasonTable.Of(info.Reason!.Value).Status));
        Assert.Equal(
            [
                DifferenceKind.OSFeaturesDiffer,
                DifferenceKind.Reordered,
                DifferenceKind.FilteredIndex,
                DifferenceKind.SourceDescriptorMismatch,
            ],
            DifferenceTable.All.Where(info => info.IsToldOnly).Select(info => info.Kind));
        Assert.Null(DifferenceTable.Find("SomethingNewer"));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_has_what_its_status_asks_for(ValidationReason reason)
    {
        ReasonInfo info = ReasonTable.Of(reason);
        bool isError = info.Status == ValidationStatus.Error;
        Assert.Equal(reason, info.Reason);
        Assert.Equal(reason == ValidationReason.None, info.Message.Length == 0);
        Assert.Equal(isError, info.Category.Length > 0);
        Assert.Equal(isError, Regex.IsMatch(info.Advice, @"^[A-Z].*\.$"));
        Assert.True(isError || info.Fault is null);
    }

    [Fact]
    public void A_fault_has_one_reason_and_a_404_means_nothing_by_itself()
    {
        IEnumerable<RegistryFault> others = Enum.GetValues<RegistryFault>().Where(fault => fault != RegistryFault.NotFound);
        Assert.All(others, fault => Assert.Single(ReasonTable.All, info => info.Fault == fault));
        Assert.Equal(ValidationReason.UnexpectedResponse, ReasonTable.Of(RegistryFault.NotFound).Reason);
    }

    [Fact]
    public void Reasons_that_share_a_message_know_which_comes_first()
    {
        IEnumerable<IGrouping<string, ReasonInfo>> shared = ReasonTable.All
            .Where(info => info.Status == ValidationStatus.Failed)
            .GroupBy(info => info.Message)
            .Where(group => group.Count() > 1);
        Assert.All(shared, group => Assert.Equal(group.Count(), group.Select(info => info.Precedence).Distinct().Count()));
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo directory = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "MirrorValidate.PowerShell.sln"))) directory = directory.Parent!;
        return directory.FullName;
    }
}

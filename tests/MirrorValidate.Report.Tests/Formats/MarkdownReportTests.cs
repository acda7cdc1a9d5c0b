using System.Text;
using System.Text.RegularExpressions;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;
using MirrorValidate.Reports.Formats;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Formats;

/// <summary>The Markdown report says the verdict first, fits where it is put, and shows hostile text as code.</summary>
public sealed class MarkdownReportTests
{
    [Fact]
    public void The_verdict_and_the_counts_come_first()
    {
        string[] lines = Write([SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Error(3)]).Split('\n');
        Assert.Equal("# Mirror report", lines[0]);
        Assert.Equal("**❌ The mirror is not right.** 1 of 3 images is not as at the source; 1 could not be compared.", lines[2]);
        Assert.Equal("| 1 | 1 | 1 | 3 |", lines[6]);
    }

    [Fact]
    public void What_failed_comes_before_what_could_not_be_compared()
    {
        string text = Write([SampleResults.Error(1, "web"), SampleResults.Failed(2, "api")]);
        Assert.Contains(
            "\n## Failed: 1\n\n- `docker.io/api:v2`: SpecMismatch\n  - at `mirror.example.com/api`\n  - `source manifest differs`\n"
            + "  - The tag was moved.\n\n## Not compared: 1\n\n- `docker.io/web:v1`: TimedOut\n",
            text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "✅ The mirror is right.** The image passed.")]
    [InlineData(false, "⚠️ Nothing was tested.** There were no results.")]
    public void Green_is_only_what_was_tested(bool any, string line) =>
        Assert.Contains(line, Write(any ? [SampleResults.Passed(1)] : []), StringComparison.Ordinal);

    [Fact]
    public void What_is_too_long_is_cut_with_a_count()
    {
        string text = Write(Enumerable.Range(1, 5000).Select(id => SampleResults.Failed(id, $"team/service-{id}")));
        int shown = Regex.Count(text, "^- `docker.io/team/service-", RegexOptions.Multiline);
        Assert.InRange(shown, 100, 4999);
        Assert.Contains($"\n- … and {5000 - shown:N0} more, for which there was no room\n", text, StringComparison.Ordinal);
        // The longest comment that GitHub takes.
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 50_000, 65_536);
    }

    [Fact]
    public void Hostile_text_is_code_on_one_line()
    {
        string text = Write(
            [SampleResults.HostileFailure(1), SampleResults.Unreadable(2, SampleResults.Hostile)],
            [SampleResults.HostileFailure(9)], SampleResults.Hostile);
        Assert.DoesNotMatch("[\u202A-\u202E\u2066-\u2069\u0007\u001B\uFFFE]", text);
        // Two entries, of which the second is also told as new.
        Assert.Equal(3, Regex.Count(text, "^- .*InvalidLine$|^- .*SpecMismatch$", RegexOptions.Multiline));
        // Outside of code spans, of any fence, nothing hostile is left.
        string outside = Regex.Replace(text, "(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "");
        foreach (string markup in new[] { "<", "**b**", "@all", "](", "{{", "|``" })
            Assert.DoesNotContain(markup, outside, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("a``b`c", "```a``b`c```")]
    [InlineData("two\nlines\u202E", "`two lines\uFFFD`")]
    public void A_code_span_has_a_fence_that_is_not_in_it(string text, string code) =>
        Assert.Equal(code, MarkdownText.Code(text));

    [Fact]
    public void What_changed_is_told()
    {
        string text = Write(
            [SampleResults.Failed(1), SampleResults.Passed(2)],
            [SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Passed(9)]);
        Assert.Contains("Since the baseline: 1 newly failed, 0 still failed, 1 mended, 1 gone, 0 new.", text, StringComparison.Ordinal);
        Assert.Contains("- `docker.io/app:v1` (newly failed): SpecMismatch", text, StringComparison.Ordinal);
        Assert.Contains("- `docker.io/app:v2`: SpecMismatch → Passed", text, StringComparison.Ordinal);
        Assert.Contains("- `docker.io/app:v9`: Passed → not tested", text, StringComparison.Ordinal);
    }

    private static string Write(
        IEnumerable<MirrorImageResult> results, MirrorImageResult[]? earlier = null, string title = "Mirror report")
    {
        using WrittenReport report = WrittenReport.Of(ReportFormat.Markdown, results, earlier, title);
        return report.Text;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Formats;

/// <summary>The JSON report is what docs/report.schema.json says, and gives the results back.</summary>
public sealed class JsonReportTests
{
    private static readonly JsonSchema _schema = JsonSchema.FromText(Resource.Read("report.schema.json"));

    [Fact]
    public void Any_report_is_valid()
    {
        MirrorImageResult[] results =
        [
            SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Error(3), SampleResults.Unreadable(4, "x y z u"),
            SampleResults.HostileFailure(5),
        ];
        AssertValid(results);
        AssertValid([]);
        AssertValid(results, earlier: [SampleResults.Failed(1), SampleResults.Passed(2), SampleResults.Passed(9)]);
        AssertValid([SampleResults.Passed(1)], earlier: []);
    }

    [Fact]
    public void The_schema_refuses_what_is_no_report()
    {
        using WrittenReport report = WrittenReport.Of(ReportFormat.Json, [SampleResults.Passed(1)]);
        JsonNode document = JsonNode.Parse(report.Text)!;
        document["results"]![0]!["status"] = "Fine";
        Assert.False(Evaluate(document).IsValid);
        document = JsonNode.Parse(report.Text)!;
        document.AsObject().Remove("verdict");
        Assert.False(Evaluate(document).IsValid);
        document = JsonNode.Parse(report.Text)!;
        document["results"]![0]!["more"] = 1;
        Assert.False(Evaluate(document).IsValid);
    }

    [Fact]
    public void Results_come_back_as_they_were()
    {
        MirrorImageResult[] results =
            [SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Error(3), SampleResults.HostileFailure(4)];
        using WrittenReport report = WrittenReport.Of(ReportFormat.Json, results);
        using FileStream stream = File.OpenRead(report.Path);
        MirrorImageResult[] back = [.. ReportFile.Read(stream)];
        Assert.Equal(results.Select(Describe), back.Select(Describe));
    }

    [Fact]
    public void The_summary_counts()
    {
        using WrittenReport report = WrittenReport.Of(
            ReportFormat.Json,
            [SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Failed(3), SampleResults.Error(4)]);
        JsonNode summary = JsonNode.Parse(report.Text)!["summary"]!;
        Assert.Equal("1 2 1 4", string.Join(' ', new[] { "passed", "failed", "errors", "total" }.Select(name => summary[name])));
        Assert.Equal("""{"SpecMismatch":2,"TimedOut":1}""", summary["reasons"]!.ToJsonString());
        Assert.Equal("""{"manifests":2,"blobs":0,"bytes":0,"levels":{"Manifest":1}}""", summary["proof"]!.ToJsonString());
        Assert.Equal("""["docker.io"]""", summary["sourceRegistries"]!.ToJsonString());
        Assert.Equal(3.25, summary["durationSeconds"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("Passed", "P")]
    [InlineData("Failed", "PFE")]
    [InlineData("NotProven", "PE")]
    [InlineData("NothingTested", "")]
    public void The_verdict_is_the_worst_of_the_results(string verdict, string results)
    {
        using WrittenReport report = WrittenReport.Of(ReportFormat.Json, results.Select((one, index) => one switch
        {
            'P' => SampleResults.Passed(index),
            'F' => SampleResults.Failed(index),
            _ => SampleResults.Error(index),
        }));
        Assert.Equal(verdict, JsonNode.Parse(report.Text)!["verdict"]!.GetValue<string>());
    }

    [Fact]
    public void Each_result_has_a_line()
    {
        using WrittenReport report = WrittenReport.Of(ReportFormat.Json, SampleResults.Many(20));
        Assert.Equal(20, report.Text.Split('\n').Count(line => line.StartsWith("{\"id\":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_but_printable_ASCII_stands_in_it()
    {
        using WrittenReport report = WrittenReport.Of(
            ReportFormat.Json, [SampleResults.HostileFailure(1)], title: SampleResults.Hostile);
        Assert.All(report.Text, letter => Assert.True(letter is '\n' or (>= ' ' and <= '~'), $"U+{(int)letter:X4}"));
    }

    private static void AssertValid(MirrorImageResult[] results, MirrorImageResult[]? earlier = null)
    {
        using WrittenReport report = WrittenReport.Of(ReportFormat.Json, results, earlier, "Title", "cannot read b.txt");
        EvaluationResults evaluation = Evaluate(JsonNode.Parse(report.Text)!);
        Assert.True(evaluation.IsValid, string.Join('\n', (evaluation.Details ?? [])
            .SelectMany(detail => (detail.Errors ?? []).Select(error => $"{detail.InstanceLocation}: {error.Value}"))));
    }

    private static EvaluationResults Evaluate(JsonNode document) => _schema.Evaluate(
        JsonSerializer.SerializeToElement(document),
        new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });

    private static string Describe(MirrorImageResult result) => string.Join(
        '\n',
        typeof(MirrorImageResult).GetProperties().Select(property => $"{property.Name}={property.GetValue(result)}")
            .Concat(result.Differences.Select(difference => $"{difference.Explanation} {difference.Remedy}")));
}

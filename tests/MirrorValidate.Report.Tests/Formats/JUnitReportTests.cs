using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Formats;

/// <summary>The JUnit report is one that CI servers read, and never green where something is not known.</summary>
public sealed class JUnitReportTests
{
    [Fact]
    public void A_suite_for_each_list_and_a_case_for_each_entry()
    {
        XElement root = Write([SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Error(3), InList(4, "/other/b.txt")]);
        Assert.Equal(["a.txt", "/other/b.txt"], root.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value));
        XElement first = root.Elements("testsuite").First();
        Assert.Equal("3 1 1", string.Join(' ', new[] { "tests", "failures", "errors" }.Select(name => first.Attribute(name)!.Value)));
        Assert.Equal("4", root.Attribute("tests")!.Value);
        Assert.Equal("docker.io/app:v2", first.Elements("testcase").ElementAt(1).Attribute("name")!.Value);
        Assert.Equal("a.txt", first.Elements("testcase").First().Attribute("classname")!.Value);
        Assert.Equal("0.250", first.Elements("testcase").First().Attribute("time")!.Value);
    }

    [Fact]
    public void Failures_and_errors_are_told_apart_with_message_and_differences()
    {
        XElement root = Write([SampleResults.Failed(1), SampleResults.Error(2)]);
        XElement failure = Assert.Single(root.Descendants("failure"));
        Assert.Equal("SpecMismatch", failure.Attribute("type")!.Value);
        Assert.Equal("source manifest differs", failure.Attribute("message")!.Value);
        Assert.Contains("DigestDiffers linux/amd64", failure.Value, StringComparison.Ordinal);
        Assert.Contains("Mirror it again.", failure.Value, StringComparison.Ordinal);
        Assert.Contains("Test again: Test-MirrorImage -Source docker.io/app", failure.Value, StringComparison.Ordinal);
        Assert.Equal("TimedOut", Assert.Single(root.Descendants("error")).Attribute("type")!.Value);
    }

    [Fact]
    public void Settings_are_properties()
    {
        XElement root = Write([SampleResults.Passed(1)]);
        var properties = root.Descendants("property")
            .ToDictionary(one => one.Attribute("name")!.Value, one => one.Attribute("value")!.Value);
        Assert.Equal("amd64,arm64", properties["Platform"]);
        Assert.Equal("Manifest", properties["Depth"]);
        Assert.Equal("0.1.0", properties["Version"]);
    }

    [Fact]
    public void Nothing_tested_is_an_error()
    {
        XElement root = Write([]);
        Assert.Equal("1", root.Attribute("errors")!.Value);
        Assert.Contains("Nothing was tested", Assert.Single(root.Descendants("error")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_not_read_is_an_error()
    {
        XElement root = Write([SampleResults.Passed(1)], unreadLists: "cannot read the list b.txt");
        Assert.Equal("2", root.Attribute("tests")!.Value);
        Assert.Equal("cannot read the list b.txt", Assert.Single(root.Descendants("error")).Value);
    }

    [Fact]
    public void What_changed_is_told()
    {
        XElement root = Write(
            [SampleResults.Failed(1), SampleResults.Passed(2), SampleResults.Passed(3)],
            [SampleResults.Passed(1), SampleResults.Failed(2), SampleResults.Passed(9)]);
        Assert.Contains("Since the baseline: newly failed\nBefore: Passed", Assert.Single(root.Descendants("failure")).Value, StringComparison.Ordinal);
        Assert.Equal(["mended", "new"], root.Descendants("system-out").Select(one => one.Value));
        XElement gone = Assert.Single(root.Descendants("skipped")).Parent!;
        Assert.Equal("docker.io/app:v9", gone.Attribute("name")!.Value);
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        XElement root = Write(
            [SampleResults.HostileFailure(1), SampleResults.Unreadable(2, SampleResults.Hostile)],
            [SampleResults.HostileFailure(3)], SampleResults.Hostile);
        Assert.Equal(3, root.Descendants("testcase").Count(one => one.Elements("failure").Any() || one.Elements("error").Any()));
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.Contains("<script>alert(1)</script>", root.Descendants("failure").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u202A-\u202E\u2066-\u2069\u0007\u001B\uFFFE]", root.ToString());
    }

    private static XElement Write(
        MirrorImageResult[] results, MirrorImageResult[]? earlier = null, params string[] unreadLists)
    {
        using WrittenReport report = WrittenReport.Of(ReportFormat.JUnit, results, earlier, "Title", unreadLists);
        var schema = new XmlSchemaSet();
        using var source = XmlReader.Create(new StringReader(Resource.Read("junit.xsd")));
        schema.Add(targetNamespace: "", source);
        var document = XDocument.Parse(report.Text);
        document.Validate(schema, (_, problem) => Assert.Fail(problem.Message));
        return document.Root!;
    }

    private static MirrorImageResult InList(int id, string path) =>
        new() { Id = id, Status = "Passed", Reason = "None", Message = "", Source = "a/b", Tag = "1", Line = "", LineNumber = 1, Path = path };
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Browser;

/// <summary>What registries and lists say is shown as text, and does nothing.</summary>
[Collection(Chromium.Tests)]
public sealed class HostileTests(Chromium chromium)
{
    private const string Shown = "</noscript></script><script>alert(1)</script><img src=x onerror=alert(2)>]]>&amp;|`` **b**";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hostile_names_are_text(bool scripts)
    {
        MirrorImageResult[] results = [SampleResults.HostileFailure(1), SampleResults.Unreadable(2, SampleResults.Hostile)];
        WrittenReport report = WrittenReport.Of(
            ReportFormat.Html, results, [SampleResults.HostileFailure(3)], SampleResults.Hostile, SampleResults.Hostile);
        await using OpenPage open = await OpenPage.OfAsync(chromium, report, new() { JavaScriptEnabled = scripts });
        string opener = scripts ? ".opener button" : "#rows summary";
        foreach (ILocator one in await open.Page.Locator(opener).AllAsync()) await one.ClickAsync();
        Assert.Contains(Shown, await open.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(Shown, await open.Rows.Locator(".image").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(Shown, await open.Detail.First.InnerTextAsync(), StringComparison.Ordinal);
        await Assertions.Expect(open.Page.Locator("img")).ToHaveCountAsync(0);
        await Assertions.Expect(open.Page.Locator("script")).ToHaveCountAsync(1);
        await Assertions.Expect(open.Rows).ToHaveCountAsync(2);
        Assert.DoesNotMatch("[\u202A-\u202E\u2066-\u2069\u0007\u001B\uFFFE]", await open.Page.InnerTextAsync("body"));
        Assert.DoesNotMatch(new Regex("[\u202A-\u202E\u2066-\u2069\u0007\u001B\uFFFE]|&#x(202E|7|1B|FFFE);"), report.Text);
    }

    [BrowserFact]
    public async Task A_script_that_got_into_the_page_would_not_run()
    {
        WrittenReport report = WrittenReport.Of(ReportFormat.Html, [SampleResults.Passed(1)]);
        File.WriteAllText(report.Path, report.Text.Replace(
            "</main>", "<script>document.title = 'taken'</script></main>", StringComparison.Ordinal));
        IPage page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(report.Address);
        Assert.NotEqual("taken", await page.TitleAsync());
        await page.CloseAsync();
        report.Dispose();
    }
}

using Microsoft.Playwright;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;

namespace MirrorValidate.Report.Tests.Browser;

/// <summary>Reports of many images.</summary>
[Collection(Chromium.Tests)]
public sealed class SizeTests(Chromium chromium)
{
    [BrowserFact]
    public async Task Ten_thousand_images_are_rows()
    {
        await using OpenPage open = await OpenPage.OfAsync(
            chromium, WrittenReport.Of(ReportFormat.Html, SampleResults.Many(10_000)));
        await Assertions.Expect(open.Page.Locator("#shown")).ToHaveTextAsync("10,000 of 10,000 shown");
        await Assertions.Expect(open.Page.Locator("#rows > tbody > tr")).ToHaveCountAsync(10_000);
        await open.Search.FillAsync("service-777");
        await Assertions.Expect(open.Page.Locator("#shown")).ToHaveTextAsync("11 of 10,000 shown");
        await open.Page.Locator("#controls button").ClickAsync();
        await open.Page.Locator("#rows thead .id button").ClickAsync();
        await Assertions.Expect(open.Rows.First.Locator(".id")).ToHaveTextAsync("1");
    }

    [BrowserFact]
    public async Task Of_a_hundred_thousand_those_that_passed_are_counts_and_text()
    {
        await using OpenPage open = await OpenPage.OfAsync(
            chromium, WrittenReport.Of(ReportFormat.Html, SampleResults.Many(100_000)));
        await Assertions.Expect(open.Page.Locator("#rows > tbody > tr")).ToHaveCountAsync(5000);
        await Assertions.Expect(open.Page.Locator(".counts .passed dd")).ToHaveTextAsync("95,000");
        await Assertions.Expect(open.Page.Locator("#more")).ToHaveTextAsync("95,000 more");
        await open.Search.FillAsync("service-77777");
        await Assertions.Expect(open.Page.Locator("#matches li")).ToHaveTextAsync(
            $"Passed  docker.io/team17/service-77777:v77777  mirror.example.com/team17/service-77777  {SampleResults.Digest(77777)}");
    }

    [BrowserFact]
    public async Task Where_nothing_passed_the_table_has_its_fill_and_the_rest_is_text()
    {
        await using OpenPage open = await OpenPage.OfAsync(
            chromium, WrittenReport.Of(ReportFormat.Html, Enumerable.Range(1, 10_100).Select(id => SampleResults.Error(id))));
        await Assertions.Expect(open.Page.Locator("#rows > tbody > tr")).ToHaveCountAsync(10_000);
        await Assertions.Expect(open.Page.Locator("#more")).ToHaveTextAsync("100 more");
        await Assertions.Expect(open.Page.Locator(".counts .error dd")).ToHaveTextAsync("10,100");
    }
}

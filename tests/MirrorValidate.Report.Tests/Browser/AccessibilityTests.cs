using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;

namespace MirrorValidate.Report.Tests.Browser;

/// <summary>axe finds nothing wrong with the page, however it is shown.</summary>
[Collection(Chromium.Tests)]
public sealed class AccessibilityTests(Chromium chromium)
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 900)]
    public async Task A_page_with_everything(ColorScheme colors, int width)
    {
        WrittenReport report = WrittenReport.Of(
            ReportFormat.Html,
            [SampleResults.Failed(1), SampleResults.Error(2), SampleResults.Passed(3), SampleResults.Unreadable(4, "x y z")],
            [SampleResults.Passed(1), SampleResults.Failed(9)],
            unreadLists: "cannot read the list b.txt");
        await using OpenPage open = await OpenPage.OfAsync(
            chromium, report, new() { ColorScheme = colors, ViewportSize = new() { Width = width, Height = 800 } });
        foreach (ILocator opener in await open.Page.Locator(".opener button").AllAsync()) await opener.ClickAsync();
        await open.Page.Locator(".changes details").EvaluateAllAsync<object>("all => all.forEach(one => { one.open = true; })");
        await AssertNoViolationAsync(open);
    }

    [BrowserFact]
    public async Task A_page_that_leaves_images_out_of_the_table()
    {
        await using OpenPage open = await OpenPage.OfAsync(
            chromium, WrittenReport.Of(ReportFormat.Html, SampleResults.Many(10_001)));
        await open.Page.Locator("#more ~ details summary").ClickAsync();
        await open.Search.FillAsync("service-77");
        await Assertions.Expect(open.Page.Locator("#found")).ToContainTextAsync("The search finds");
        await AssertNoViolationAsync(open);
    }

    [BrowserFact]
    public async Task A_page_of_nothing()
    {
        await using OpenPage open = await OpenPage.OfAsync(chromium, WrittenReport.Of(ReportFormat.Html, []));
        await AssertNoViolationAsync(open);
    }

    [BrowserFact]
    public async Task The_table_is_a_table_to_a_screen_reader()
    {
        await using OpenPage open = await OpenPage.OfAsync(
            chromium, WrittenReport.Of(ReportFormat.Html, [SampleResults.Failed(1), SampleResults.Passed(2)]));
        ICDPSession session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        string tree = (await session.SendAsync("Accessibility.getFullAXTree"))?.GetRawText() ?? "";
        // The browser's own tree: the styles must not take the meaning of the elements away.
        // Nine columns, and those of the two charts; two images, and a row in each chart.
        Assert.Equal(9 + 3 + 4, Count("columnheader"));
        Assert.Equal(2 + 1 + 1, Count("rowheader"));
        int Count(string role) => tree.Split(string.Create(
            CultureInfo.InvariantCulture, $"\"role\":{{\"type\":\"role\",\"value\":\"{role}\"}}")).Length - 1;
    }

    private static async Task AssertNoViolationAsync(OpenPage open)
    {
        AxeResult result = await open.Page.RunAxe();
        string violations = string.Join('\n', result.Violations.Select(one =>
            $"{one.Id}: {one.Help}: {string.Join("; ", one.Nodes.Take(5).Select(node => $"{node.Html}: {node.Any.FirstOrDefault()?.Message}"))}"));
        Assert.True(violations.Length == 0, violations);
    }
}

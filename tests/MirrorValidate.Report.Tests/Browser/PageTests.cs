using Microsoft.Playwright;
using MirrorValidate.Report.Tests.Samples;
using MirrorValidate.Reports;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Browser;

/// <summary>What a person can do with the page.</summary>
[Collection(Chromium.Tests)]
public sealed class PageTests(Chromium chromium)
{
    private static readonly MirrorImageResult[] _results =
    [
        SampleResults.Passed(1, "library/nginx"),
        SampleResults.Failed(2, "library/redis"),
        SampleResults.Failed(3, "team/api", "DestinationNotFound"),
        SampleResults.Error(4, "team/web"),
        SampleResults.Unreadable(5, "one two three four"),
        SampleResults.Passed(10, "library/alpine"),
    ];

    [BrowserFact]
    public async Task The_first_screen_says_whether_the_mirror_is_right_and_how_that_is_known()
    {
        await using OpenPage open = await OpenAsync(_results, width: 1280, height: 720);
        string[] texts =
        [
            "The mirror is not right", "2 of 6 images are not as at the source; 2 could not be compared.",
            "mirror.example.com", "platforms amd64,arm64, comparison ManifestList, depth Manifest, MirrorValidate 0.1.0",
            "Manifest, for 2 images: both sides were compared, and every manifest compared exists at the destination",
        ];
        foreach (string text in texts)
        {
            LocatorBoundingBoxResult? box = await open.Page.GetByText(text).First.BoundingBoxAsync();
            Assert.True(box is { Width: > 0 } && box.Y + box.Height <= 720, text);
        }

        string[] counts = [.. await open.Page.Locator(".counts > div").AllInnerTextsAsync()];
        Assert.Equal(["✓ Passed\n2", "✗ Failed\n2", "! Error\n2", "Total\n6"], counts);
    }

    [BrowserFact]
    public async Task The_title_tells_the_verdict_in_a_list_of_tabs()
    {
        await using OpenPage open = await OpenAsync([SampleResults.Passed(1)]);
        Assert.Equal("The mirror is right: Mirror report", await open.Page.TitleAsync());
    }

    [BrowserFact]
    public async Task What_did_not_pass_comes_first()
    {
        await using OpenPage open = await OpenAsync(_results);
        Assert.Equal(["2", "3", "4", "5", "1", "10"], await ColumnAsync(open, "id"));
        Assert.Equal("✗ Failed", await open.Rows.First.Locator(".status").InnerTextAsync());
    }

    [BrowserFact]
    public async Task A_search_looks_through_names_messages_and_digests()
    {
        await using OpenPage open = await OpenAsync(_results);
        await SearchAsync(open, "REDIS", "2");
        await SearchAsync(open, "timed out", "4");
        await SearchAsync(open, SampleResults.Digest(1003), "3");
        await SearchAsync(open, "team docker.io v3", "3");
        await SearchAsync(open, "colspan");
        Assert.True(await open.Page.GetByText("No image in the table matches.").IsVisibleAsync());
        Assert.Equal("0 of 6 shown", await open.Page.Locator("#shown").InnerTextAsync());
        await open.Page.GetByText("Clear").ClickAsync();
        await Assertions.Expect(open.Rows).ToHaveCountAsync(6);
    }

    [BrowserTheory]
    [InlineData("Status", "Failed", "2,3")]
    [InlineData("Reason", "DestinationNotFound", "3")]
    [InlineData("Registry", "mirror.example.com", "2,3,4,1,10")]
    public async Task Filters_leave_what_they_name(string filter, string value, string ids)
    {
        await using OpenPage open = await OpenAsync(_results);
        await open.Page.GetByLabel(filter, new() { Exact = true }).SelectOptionAsync(value);
        Assert.Equal(ids.Split(','), await ColumnAsync(open, "id"));
    }

    [BrowserFact]
    public async Task Filters_and_search_hold_together()
    {
        await using OpenPage open = await OpenAsync(_results);
        await open.Page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("Passed");
        await SearchAsync(open, "alpine", "10");
        await SearchAsync(open, "redis");
    }

    [BrowserTheory]
    [InlineData("Id", "1,2,3,4,5,10")]
    [InlineData("Status", "2,3,4,5,1,10")]
    [InlineData("Reason", "1,10,3,5,2,4")]
    [InlineData("Source", "10,1,2,3,4,5")]
    [InlineData("Tag", "5,1,2,3,4,10")]
    [InlineData("Destination", "5,10,1,2,3,4")]
    [InlineData("Proof", "2,3,4,5,1,10")]
    [InlineData("Seconds", "5,2,3,4,1,10")]
    public async Task Every_column_sorts_both_ways(string column, string ids)
    {
        await using OpenPage open = await OpenAsync(_results);
        ILocator header = open.Page.Locator("#rows thead th").Filter(new() { HasText = column });
        await header.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal(ids.Split(','), await ColumnAsync(open, "id"));
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-sort", "ascending");
        string name = (await header.GetAttributeAsync("class"))!.Split(' ')[0];
        string[] ascending = await ColumnAsync(open, name);
        await header.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal(ascending.Reverse(), await ColumnAsync(open, name));
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-sort", "descending");
    }

    [BrowserFact]
    public async Task A_row_opens_to_the_comparison_the_differences_and_the_command()
    {
        await using OpenPage open = await OpenAsync(_results);
        await open.Rows.First.ClickAsync();
        string text = await open.Detail.InnerTextAsync();
        Assert.Contains("source manifest differs", text, StringComparison.Ordinal);
        Assert.Contains("The tag was moved.", text, StringComparison.Ordinal);
        Assert.Contains("Mirror it again.", text, StringComparison.Ordinal);
        Assert.Contains(
            "Test-MirrorImage -Source docker.io/library/redis -Destination mirror.example.com/library/redis -Tag v2 "
            + "-Architecture amd64,arm64 -Comparison ManifestList -Depth Manifest -Explain | Format-List",
            text, StringComparison.Ordinal);
        string[] platforms = [.. await open.Detail.Locator(".platforms tbody tr").AllInnerTextsAsync()];
        Assert.Matches($"^linux/amd64\t{SampleResults.Digest(1002)}\\s*Copy\t≠\t{SampleResults.Digest(3)}\\s*Copy\tdigest differs$", platforms[0]);
        Assert.Matches($"^linux/arm64/v8\t{SampleResults.Digest(2002)}\\s*Copy\t=\t{SampleResults.Digest(2002)}\\s*Copy\t?$", platforms[1]);
        await open.Rows.First.Locator(".status").ClickAsync();
        await Assertions.Expect(open.Detail).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task An_error_says_what_to_do()
    {
        await using OpenPage open = await OpenAsync([SampleResults.Error(1)]);
        await open.Rows.First.ClickAsync();
        await Assertions.Expect(open.Detail).ToContainTextAsync("Use a larger -TimeoutSec");
    }

    [BrowserFact]
    public async Task What_is_open_goes_along_when_rows_are_sorted_and_filtered()
    {
        await using OpenPage open = await OpenAsync(_results);
        await open.Rows.First.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Id", Exact = true }).ClickAsync();
        Assert.Equal("2", await open.Page.Locator("tr.more").EvaluateAsync<string>("row => row.previousSibling.cells[1].textContent"));
        await SearchAsync(open, "nginx", "1");
        await Assertions.Expect(open.Detail).ToBeHiddenAsync();
        await SearchAsync(open, "redis", "2");
        await Assertions.Expect(open.Detail).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Digests_are_copied()
    {
        await using OpenPage open = await OpenAsync(_results);
        await open.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await open.Rows.First.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = $"Copy {SampleResults.Digest(1002)}" }).ClickAsync();
        await Assertions.Expect(open.Page.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal(SampleResults.Digest(1002), await open.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [BrowserFact]
    public async Task Everything_works_by_keyboard()
    {
        await using OpenPage open = await OpenAsync(_results);
        IKeyboard keyboard = open.Page.Keyboard;
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        Assert.Equal("search", await FocusAsync(open));
        await keyboard.TypeAsync("redis");
        await Assertions.Expect(open.Rows).ToHaveCountAsync(1);
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(open.Rows).ToHaveCountAsync(6);
        await keyboard.PressAsync("Tab");
        Assert.Equal("status", await FocusAsync(open));
        await keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(open.Rows).ToHaveCountAsync(2);
        for (int i = 0; i < 12 && await FocusTextAsync(open) != "▸"; i++) await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Detail).ToBeVisibleAsync();
        await keyboard.PressAsync("Space");
        await Assertions.Expect(open.Detail).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Without_scripts_everything_is_there()
    {
        WrittenReport report = WrittenReport.Of(ReportFormat.Html, _results);
        await using OpenPage open = await OpenPage.OfAsync(chromium, report, new() { JavaScriptEnabled = false });
        await Assertions.Expect(open.Rows).ToHaveCountAsync(6);
        await Assertions.Expect(open.Search).ToBeHiddenAsync();
        await open.Page.Locator("#rows summary").First.ClickAsync();
        await Assertions.Expect(open.Detail.First).ToContainTextAsync("The tag was moved.");
        await Assertions.Expect(open.Detail.First).ToContainTextAsync(SampleResults.Digest(1002));
    }

    [BrowserFact]
    public async Task On_paper_what_did_not_pass_is_open()
    {
        await using OpenPage open = await OpenAsync(_results);
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(open.Detail.Filter(new() { Visible = true })).ToHaveCountAsync(4);
        await Assertions.Expect(open.Search).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_phone_needs_no_scrolling_to_the_side()
    {
        await using OpenPage open = await OpenAsync(_results, width: 360, height: 740);
        await open.Rows.First.Locator(".opener button").ClickAsync();
        Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await Assertions.Expect(open.Rows.First.Locator(".image")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Nothing_tested_is_not_right()
    {
        await using OpenPage open = await OpenAsync([]);
        await Assertions.Expect(open.Page.Locator(".headline")).ToContainTextAsync("Nothing was tested");
        await Assertions.Expect(open.Page.Locator("header.passed")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_list_that_was_not_read_is_told_and_is_not_right()
    {
        WrittenReport report = WrittenReport.Of(
            ReportFormat.Html, [SampleResults.Passed(1)], unreadLists: "cannot read the list b.txt: not found");
        await using OpenPage open = await OpenPage.OfAsync(chromium, report);
        await Assertions.Expect(open.Page.Locator(".headline")).ToContainTextAsync("It is not known whether the mirror is right");
        await Assertions.Expect(open.Page.GetByText("cannot read the list b.txt: not found")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_baseline_tells_what_changed()
    {
        MirrorImageResult[] earlier =
        [
            SampleResults.Passed(2, "library/redis"), SampleResults.Failed(1, "library/nginx"),
            SampleResults.Failed(4, "team/web"), SampleResults.Passed(7, "team/gone"), SampleResults.Passed(10, "library/alpine"),
        ];
        WrittenReport report = WrittenReport.Of(ReportFormat.Html, _results, earlier);
        await using OpenPage open = await OpenPage.OfAsync(chromium, report);
        string[] summaries = [.. await open.Page.Locator(".changes summary").AllInnerTextsAsync()];
        Assert.Equal(["Newly failed 1", "Still failed 1", "Mended 1", "Gone 1", "New 2"], summaries);
        await Assertions.Expect(open.Page.Locator(".changes li").First).ToHaveTextAsync("docker.io/library/redis:v2: Passed → SpecMismatch");
        await open.Page.GetByRole(AriaRole.Combobox, new() { Name = "Since the baseline" }).SelectOptionAsync("mended");
        Assert.Equal(["1"], await ColumnAsync(open, "id"));
    }

    private async Task<OpenPage> OpenAsync(IEnumerable<MirrorImageResult> results, int width = 1280, int height = 900) =>
        await OpenPage.OfAsync(
            chromium,
            WrittenReport.Of(ReportFormat.Html, results),
            new() { ViewportSize = new() { Width = width, Height = height } });

    private static async Task SearchAsync(OpenPage open, string text, params string[] ids)
    {
        await open.Search.FillAsync(text);
        await Assertions.Expect(open.Rows).ToHaveCountAsync(ids.Length);
        Assert.Equal(ids, await ColumnAsync(open, "id"));
    }

    private static async Task<string[]> ColumnAsync(OpenPage open, string name) =>
        [.. await open.Rows.Locator($".{name}").AllInnerTextsAsync()];

    private static Task<string> FocusAsync(OpenPage open) => open.Page.EvaluateAsync<string>("document.activeElement.id");

    private static Task<string> FocusTextAsync(OpenPage open) =>
        open.Page.EvaluateAsync<string>("document.activeElement.textContent");
}

using Microsoft.Playwright;
using MirrorValidate.Report.Tests.Samples;

namespace MirrorValidate.Report.Tests.Browser;

/// <summary>
/// A report that is open in the browser. When it is closed, it must have loaded nothing and complained of nothing.
/// </summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly WrittenReport _report;
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    private OpenPage(WrittenReport report, IBrowserContext context, IPage page)
    {
        _report = report;
        _context = context;
        Page = page;
        page.Console += (_, message) => _problems.Add($"console: {message.Text}");
        page.PageError += (_, error) => _problems.Add($"error: {error}");
        page.Dialog += (_, dialog) => _problems.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (request.Url != report.Address && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _problems.Add($"request: {request.Url}");
        };
    }

    internal IPage Page { get; }

    /// <summary>The rows that are to be seen.</summary>
    internal ILocator Rows => Page.Locator("#rows > tbody > [data-status]").Filter(new() { Visible = true });

    internal ILocator Search => Page.Locator("#search");

    internal ILocator Detail => Page.Locator(".detail");

    internal static async Task<OpenPage> OfAsync(
        Chromium chromium, WrittenReport report, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        var open = new OpenPage(report, context, await context.NewPageAsync());
        await open.Page.GotoAsync(report.Address);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _report.Dispose();
        Assert.Empty(_problems);
    }
}

using MirrorValidate.Reports;
using MirrorValidate.Report.Tests.Samples;

namespace MirrorValidate.Report.Tests.Browser;

[Collection(Chromium.Tests)]
public sealed class LookTests(Chromium chromium)
{
    [BrowserFact]
    public async Task Ten_thousand_rows_open()
    {
        var w = WrittenReport.Of(ReportFormat.Html, SampleResults.Many(10_000));
        await using OpenPage open = await OpenPage.OfAsync(chromium, w);
        Console.WriteLine(new FileInfo(w.Path).Length);
        Console.WriteLine(await open.Page.EvaluateAsync<string>("JSON.stringify(performance.getEntriesByType('navigation')[0])"));
        Console.WriteLine(await open.Page.EvaluateAsync<string>("JSON.stringify(performance.getEntriesByType('paint'))"));
        Console.WriteLine(await open.Page.EvaluateAsync<double>("(() => { const t = performance.now(); document.getElementById('search').value='service-99'; document.getElementById('status').dispatchEvent(new Event('change')); document.body.offsetHeight; return performance.now()-t; })()"));
        Console.WriteLine(await open.Page.EvaluateAsync<double>("(() => { const t = performance.now(); document.querySelector('th.image button').click(); document.body.offsetHeight; return performance.now()-t; })()"));
        Console.WriteLine(await open.Page.EvaluateAsync<double>("(() => { const t = performance.now(); document.getElementById('search').value=''; document.getElementById('status').dispatchEvent(new Event('change')); document.body.offsetHeight; return performance.now()-t; })()"));
        Console.WriteLine(await open.Page.EvaluateAsync<double>("(() => { const t = performance.now(); document.querySelector('th.image button').click(); document.body.offsetHeight; return performance.now()-t; })()"));
    }
}

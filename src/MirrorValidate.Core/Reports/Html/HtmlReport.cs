using System.Text;
using HandlebarsDotNet;

namespace MirrorValidate.Reports.Html;

/// <summary>
/// Writes a report as a page in one file, which loads nothing. The page is in the folder Templates, in Handlebars; here
/// are the values. Rows are made while they are written.
/// </summary>
internal static class HtmlReport
{
    private static readonly UTF8Encoding _encoding = new(encoderShouldEmitUTF8Identifier: false);

    internal static void Write(Report report, Stream stream)
    {
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration
        {
            TextEncoder = new HtmlValueEncoder(),
            ThrowOnUnresolvedBindingExpression = true,
        });
        handlebars.RegisterTemplate("row", PageTemplates.Read("row.hbs"));
        handlebars.RegisterTemplate("detail", PageTemplates.Read("detail.hbs"));
        using var template = new StringReader(PageTemplates.Read("page.hbs"));
        HandlebarsTemplate<TextWriter, object, object> page = handlebars.Compile(template);
        using var writer = new StreamWriter(stream, _encoding, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        page(writer, PageModel.Of(report));
    }
}

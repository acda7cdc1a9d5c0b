using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HandlebarsDotNet;

namespace MirrorValidate.Reports.Html;

/// <summary>
/// Encodes every value that a template shows: what could steer a reader's eye is made visible, and what could be markup
/// is escaped, in elements and in quoted attributes.
/// </summary>
internal sealed class HtmlValueEncoder : ITextEncoder
{
    private static readonly TextEncoder _encoder =
        System.Text.Encodings.Web.HtmlEncoder.Create(UnicodeRanges.All);

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => _encoder.Encode(target, ReportText.Clean(text ?? ""));

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        if (text is null) return;
        var all = new StringBuilder();
        while (text.MoveNext()) all.Append(text.Current);
        Encode(all, target);
    }
}

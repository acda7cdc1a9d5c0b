namespace MirrorValidate.Reports;

internal static class HtmlReport
{
    internal static void Write(Report report, Stream stream) => throw new NotSupportedException();
}

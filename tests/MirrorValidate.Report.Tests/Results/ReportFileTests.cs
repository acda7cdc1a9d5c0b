using System.Text;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Results;

/// <summary>Earlier results are read from any JSON that has them, however large, and from nothing else.</summary>
public sealed class ReportFileTests
{
    private const string One = """{"status":"Passed","reason":"None","source":"a/b","tag":"1"}""";

    [Theory]
    [InlineData("[]", 0)]
    [InlineData($"[{One},{One}]", 2)]
    [InlineData($$$"""{"title":"x","changes":[{"results":[{{{One}}}]}],"results":[{{{One}}}, {{{One}}}]}""", 2)]
    [InlineData($$$"""{"results":[{{{One}}}],"more":{"results":[1]}}""", 1)]
    [InlineData($"\uFEFF [ {One} ]\n", 1)]
    public void Results_are_found(string json, int count) => Assert.Equal(count, Read(json).Count);

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("Id,Status\n1,Passed", "it is not JSON")]
    [InlineData($"[{One}", "it is not JSON")]
    [InlineData($"[{One}]]", "it is not JSON")]
    [InlineData("{}", "it has no results")]
    [InlineData("5", "it has no results")]
    [InlineData("[1]", "it has no Status")]
    [InlineData("""[{"status":"Fine","reason":"None"}]""", "its Status \"Fine\" is not Passed, Failed or Error")]
    [InlineData("""[{"status":"Passed","reason":"<b>"}]""", "its Reason \"<b>\" is not the name of one")]
    public void Anything_else_is_refused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Results_are_found_whatever_pieces_the_file_comes_in()
    {
        string json = $$"""{"title":"{{new string('x', 500)}}","results":[{{string.Join(", ", Enumerable.Repeat(One, 50))}}]}""";
        for (int piece = 1; piece < 40; piece++) Assert.Equal(50, Read(json, piece).Count);
    }

    [Fact]
    public void A_result_may_be_longer_than_the_buffer()
    {
        string line = new('x', 300_000);
        MirrorImageResult result = Assert.Single(Read($$"""[{"status":"Error","reason":"InvalidLine","line":"{{line}}"}]"""));
        Assert.Equal(line, result.Line);
    }

    private static List<MirrorImageResult> Read(string json, int piece = int.MaxValue)
    {
        using var stream = new PieceStream(Encoding.UTF8.GetBytes(json), piece);
        return [.. ReportFile.Read(stream)];
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}

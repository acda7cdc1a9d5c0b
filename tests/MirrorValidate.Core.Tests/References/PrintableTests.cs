using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.References;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb", "a  b")]
    [InlineData("a\u001bb", "a b")]
    [InlineData("a\u202eb", "a b")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("ä 😀", "ä 😀")]
    [InlineData("", "")]
    public void A_character_that_steers_a_terminal_becomes_a_blank(string text, string printable) =>
        Assert.Equal(printable, Printable.Of(text));

    [Fact]
    public void Text_is_cut_after_two_hundred_characters()
    {
        string full = new('x', 200);
        Assert.Equal(full, Printable.Of(full));
        Assert.Equal(full + "…", Printable.Of(full + "x"));
        Assert.Equal(full + "…", Printable.Of(new string('x', 100_000)));
    }
}

using System.Text;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

public sealed class RegistryErrorTextTests
{
    [Theory]
    [InlineData("{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\",\"detail\":{\"Tag\":\"1\"}}]}", "MANIFEST_UNKNOWN", "manifest unknown")]
    [InlineData("{\"errors\":[{\"code\":\"A\",\"message\":\"first\"},{\"code\":\"B\"}]}", "A", "first")]
    [InlineData("{\"errors\":[]}", null, "{\"errors\":[]}")]
    [InlineData("{\"errors\":[7]}", null, "{\"errors\":[7]}")]
    [InlineData("{\"code\":\"X\",\"message\":\"y\"}", "X", "y")]
    [InlineData("{\"details\":\"incorrect username or password\"}", null, "incorrect username or password")]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}", "invalid_grant", "expired")]
    [InlineData("{\"errors\":[{\"code\":5,\"message\":[]}]}", null, "")]
    [InlineData("{\"errors\":[{\"code\":\"A\",", null, "{\"errors\":[{\"code\":\"A\",")]
    [InlineData("plain text", null, "plain text")]
    [InlineData("", null, "")]
    public void Reads_the_form_of_the_specification_and_others(string body, string? code, string text) =>
        Assert.Equal((code, text), Read(body));

    [Fact]
    public void A_page_is_named_and_not_shown() => Assert.Equal((null, "an HTML page"), Read("<html>secret</html>", "text/HTML; charset=utf-8"));

    [Theory]
    [InlineData("a\u001b[31mred\u001b]0;title\u0007", "a [31mred ]0;title")]
    [InlineData("line\r\nINFO forged", "line  INFO forged")]
    [InlineData("user\u202Etxt.exe\u2066\u200B\uFEFF", "user txt.exe")]
    [InlineData("a\u2028b\u2029c\u0085d\u009Be", "a b c d e")]
    [InlineData("tag\U000E0041\U000E0042", "tag")]
    public void What_steers_a_terminal_or_turns_text_round_is_blanked(string said, string shown)
    {
        Assert.Equal(shown, Read(said).Text);
        Assert.Equal(shown, RegistryErrorText.Clean(said));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü")]
    [InlineData("😀")]
    public void At_most_512_bytes_are_shown(string unit)
    {
        string much = string.Concat(Enumerable.Repeat(unit, 70_000));
        Assert.InRange(Encoding.UTF8.GetByteCount(Read(much).Text), 500, 512);
        (string? code, string text) = Read($"{{\"errors\":[{{\"code\":\"{much}\",\"message\":\"{much}\"}}]}}");
        Assert.InRange(Encoding.UTF8.GetByteCount(code + text), 500, 512);
    }

    [Fact]
    public void A_secret_that_is_cut_off_leaves_no_part()
    {
        var context = new RequestContext(MirrorValidate.Logging.NullLogSink.Instance);
        context.Hide(["hunter2hunter2"]);
        string body = new string('x', 500) + "hunter2hunter2";

        Assert.DoesNotContain("hunt", RegistryErrorText.Read(Encoding.UTF8.GetBytes(body), "", context.Redact).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_blotted_out_in_any_case_and_short_ones_are_left_alone()
    {
        var context = new RequestContext(MirrorValidate.Logging.NullLogSink.Instance);
        context.Hide(["hunter2", "hunter2hunter2", "abc"]);

        Assert.Equal("*** and *** and abc", context.Redact("HUNTER2 and hunter2hunter2 and abc"));
    }

    private static (string? Code, string Text) Read(string body, string type = "application/json") =>
        RegistryErrorText.Read(Encoding.UTF8.GetBytes(body), type, text => text);
}

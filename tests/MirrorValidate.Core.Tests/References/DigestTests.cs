using System.Text;
using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.References;

/// <summary>OCI image-spec, descriptor.md, "Digests".</summary>
public sealed class DigestTests
{
    private const string Hex64 = "6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b";
    private const string Sha256OfAbc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    public static TheoryData<string, string, bool> Good => new()
    {
        { $"sha256:{Hex64}", "sha256", true },
        { $"sha512:{Hex64}{Hex64}", "sha512", true },
        { "sha384:abc", "sha384", false },
        { "multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8", "multihash+base58", false },
        { "sha256+b64u:LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564=", "sha256+b64u", false },
        { "a.b_c-d+e:x", "a.b_c-d+e", false },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_digest_is_an_algorithm_and_what_it_encodes(string text, string algorithm, bool isVerifiable)
    {
        Digest digest = Digest.Parse(text);
        Assert.Equal(algorithm, digest.Algorithm);
        Assert.Equal(text[(algorithm.Length + 1)..], digest.Encoded);
        Assert.Equal(isVerifiable, digest.IsVerifiable);
        Assert.Equal(text, digest.ToString());
        Assert.Equal(digest, Digest.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData($":{Hex64}")]
    [InlineData($"SHA256:{Hex64}")]
    [InlineData($"sha256:{Hex64}0")]
    [InlineData("sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3")]
    [InlineData("sha256:6C3C624B58DBBCD3C0DD82B4C53F04194D1247C6EEBDAAB7C610CF7D66709B3B")]
    [InlineData("sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3g")]
    [InlineData("sha256:Gc3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b")]
    [InlineData($"sha512:{Hex64}")]
    [InlineData($"sha256:{Hex64}\n")]
    [InlineData($" sha256:{Hex64}")]
    [InlineData("+a:b")]
    [InlineData("a++b:c")]
    [InlineData("a:b:c")]
    [InlineData("a:b c")]
    [InlineData("ä:b")]
    public void What_does_not_follow_the_grammar_is_no_digest(string text)
    {
        Assert.False(Digest.TryParse(text, out Digest? digest));
        Assert.Null(digest);
        Assert.Throws<FormatException>(() => Digest.Parse(text));
    }

    [Theory]
    [InlineData("latest:v1", false)]
    [InlineData("3.20:x", false)]
    [InlineData("sha384:abcdef", false)]
    [InlineData("sha384:0123456789abcdef0123456789abcde", false)]
    [InlineData("sha384:0123456789abcdef0123456789abcdef", true)]
    [InlineData("sha384:0123456789abcdef0123456789abcdeg", false)]
    [InlineData($"sha256:{Hex64}", true)]
    public void In_a_reference_a_digest_has_thirty_two_hexadecimal_digits_at_least(string text, bool isDigest)
    {
        Assert.True(Digest.TryParse(text, out _));
        Assert.Equal(isDigest, Digest.TryParseInReference(text, out _));
    }

    [Fact]
    public void Content_hashes_to_the_known_digests()
    {
        Assert.Equal(Sha256OfAbc, Digest.Of("sha256", "abc"u8).ToString());
        Assert.StartsWith("sha512:ddaf35a193617abacc417349ae204131", Digest.Of("sha512", "abc"u8).ToString(), StringComparison.Ordinal);
        Assert.Equal(Digest.Parse(Sha256OfAbc), Digest.Of("sha256", Encoding.ASCII.GetBytes("abc")));
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => Digest.Of("sha384", "abc"u8));
        Assert.Contains("\"sha384\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused_like_an_empty_text()
    {
        Assert.False(Digest.TryParse(null, out _));
        string message = Assert.Throws<FormatException>(() => Digest.Parse(null!)).Message;
        Assert.Equal(Assert.Throws<FormatException>(() => Digest.Parse("")).Message, message);
    }

    [Fact]
    public void A_message_does_not_pass_on_what_steers_a_terminal()
    {
        FormatException e = Assert.Throws<FormatException>(() => Digest.Parse("\u001b[2Jsha256\r\nforged: line" + new string('x', 5000)));
        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.True(e.Message.Length < 300, e.Message);
    }
}

using MirrorValidate.ImageLists.Sharding;

namespace MirrorValidate.Core.Tests.ImageLists.Sharding;

public sealed class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("1/4", 1, 4)]
    [InlineData("4/4", 4, 4)]
    [InlineData(" 2 / 8 ", 2, 8)]
    [InlineData("100000/100000", 100000, 100000)]
    public void A_shard_is_an_index_from_1_and_a_count(string text, int index, int count) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1")]
    [InlineData("/4")]
    [InlineData("1/")]
    [InlineData("1/2/3")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("+1/4")]
    [InlineData("1/0")]
    [InlineData("0/0")]
    [InlineData("1.5/4")]
    [InlineData("1/100001")]
    [InlineData("99999999999/99999999999")]
    public void Anything_else_is_no_shard_and_the_message_shows_it(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => Shard.Parse(text));
        Assert.Contains($"\"{text}\"", error.Message, StringComparison.Ordinal);
    }
}

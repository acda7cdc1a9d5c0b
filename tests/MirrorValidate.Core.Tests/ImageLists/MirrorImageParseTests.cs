using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class MirrorImageParseTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Other = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    [Theory]
    [InlineData("hello-world library/hello-world latest", "hello-world", "library/hello-world", "latest")]
    [InlineData("a.io/x b.io/y/z v1", "a.io/x", "b.io/y/z", "v1")]
    [InlineData("\ta.io/x \t  b.io/x\tv1 ", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x\u00a0b.io/x\u00a0v1", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x b.io/x v1 # as of May", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x b.io/x v1 #", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x b.io/x v1 // as of May", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x b.io/x v1 //as of May", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x:v1 b.io/x:v1 v1", "a.io/x", "b.io/x", "v1")]
    [InlineData("a.io/x:v1 b.io/x v1", "a.io/x", "b.io/x", "v1")]
    [InlineData($"a.io/x b.io/x v1@{Digest}", "a.io/x", "b.io/x", $"v1@{Digest}")]
    [InlineData($"a.io/x b.io/x {Digest}", "a.io/x", "b.io/x", Digest)]
    [InlineData($"a.io/x b.io/x @{Digest}", "a.io/x", "b.io/x", Digest)]
    [InlineData($"a.io/x@{Digest} b.io/x v1", "a.io/x", "b.io/x", $"v1@{Digest}")]
    [InlineData($"a.io/x@{Digest} b.io/x@{Digest} {Digest}", "a.io/x", "b.io/x", Digest)]
    [InlineData("a.io/x b.io/x v1=v2", "a.io/x", "b.io/x", "v1=v2")]
    [InlineData("a.io/x b.io/x v1=v1", "a.io/x", "b.io/x", "v1")]
    [InlineData($"a.io/x b.io/x {Digest}=v1", "a.io/x", "b.io/x", $"{Digest}=v1")]
    [InlineData($"a.io/x b.io/x v1@{Digest}=v2@{Other}", "a.io/x", "b.io/x", $"v1@{Digest}=v2@{Other}")]
    [InlineData("a.io/x:v1 b.io/x:v2 v1=v2", "a.io/x", "b.io/x", "v1=v2")]
    [InlineData("127.0.0.1:5000/a/b/c/d [::1]:5000/e/f v1", "127.0.0.1:5000/a/b/c/d", "[::1]:5000/e/f", "v1")]
    [InlineData("a.io/x", "a.io/x", null, "latest")]
    [InlineData("a.io/x:v1 # one reference", "a.io/x", null, "v1")]
    [InlineData($"a.io/x:v1@{Digest}", "a.io/x", null, $"v1@{Digest}")]
    [InlineData($"a.io/x@{Digest}", "a.io/x", null, Digest)]
    public void A_line_has_three_fields_or_one(string text, string source, string? destination, string tag)
    {
        var line = new ImageListLine(text, 4, "list.txt");
        MirrorImage image = MirrorImage.Parse(line);
        Assert.Equal(source, image.Source);
        Assert.Equal(destination, image.Destination);
        Assert.Equal(tag, image.Tag);
        Assert.Equal((text, 4, "list.txt"), (image.Line, image.LineNumber, image.Path));
    }

    [Theory]
    [InlineData("", "found nothing")]
    [InlineData("# only a comment", "found nothing")]
    [InlineData("a.io/x b.io/x v1 v2", "found 4 fields")]
    [InlineData("a,b,c", "not a repository name")]
    [InlineData("A b c", "lower case")]
    [InlineData("a B c", "lower case")]
    [InlineData("a b c:d", "\"c:d\" is not a tag")]
    [InlineData("a b v1#x", "not a tag")]
    [InlineData("a b v1@latest", "\"latest\" is not a digest")]
    [InlineData("a b v1@", "not a digest")]
    [InlineData("a b @", "not a digest")]
    [InlineData("a:v1 b v2", "the tag is given twice and differs: \"v2\" and \"v1\"")]
    [InlineData("a b:v1 v2", "the tag is given twice and differs")]
    [InlineData("a:v1 b:v2 v1", "the tag is given twice and differs")]
    [InlineData($"a@{Digest} b {Other}", "the digest is given twice and differs")]
    [InlineData($"a@{Digest} b@{Other} v1", "the digest is given twice and differs")]
    [InlineData("a b v1=", "not a tag")]
    [InlineData("a b =v1", "not a tag")]
    [InlineData("a b v1=v2=v3", "not a tag")]
    [InlineData("a:v2 b v1=v2", "the tag is given twice and differs")]
    [InlineData("a b:v1 v1=v2", "the tag is given twice and differs")]
    [InlineData("https://a.io/x b.io/x v1", "not a registry host")]
    [InlineData("\0\u001b[31m", "not a repository name")]
    public void What_cannot_be_read_names_the_place_and_what_is_wrong(string text, string problem)
    {
        ImageListException e = Assert.Throws<ImageListException>(() => MirrorImage.Parse(new ImageListLine(text, 4, "list.txt")));
        Assert.StartsWith("list.txt, line 4: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Equal(4, e.Line.Number);
    }

    [Fact]
    public void A_line_that_came_from_no_file_is_named_by_its_number()
    {
        ImageListException e = Assert.Throws<ImageListException>(() => MirrorImage.Parse(new ImageListLine("a b c d", 9, null)));
        Assert.StartsWith("line 9: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tags_need_two_names()
    {
        ImageListException e = Assert.Throws<ImageListException>(() => MirrorImage.Create(new ImageListLine("", 1, null), "a.io/x", null, "v1=v2"));
        Assert.Contains("the destination is not named", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.io/x", "b.io/x", "v1", "a.io/x b.io/x v1")]
    [InlineData("a.io/x", "b.io/x", "v1=v2", "a.io/x b.io/x v1=v2")]
    [InlineData("a.io/x", "b.io/x", null, "a.io/x b.io/x latest")]
    [InlineData("a.io/x:v1", "b.io/x", "", "a.io/x b.io/x v1")]
    [InlineData("a.io/x", null, "v1", "a.io/x:v1")]
    [InlineData("a.io/x", "", Digest, $"a.io/x@{Digest}")]
    [InlineData("a.io/x", null, null, "a.io/x")]
    public void An_entry_can_be_made_of_its_parts(string source, string? destination, string? tag, string line) =>
        Assert.Equal(line, MirrorImage.Create(new ImageListLine("", 1, null), source, destination, tag).ToString());
}

using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.References;

/// <summary>distribution/reference, <c>reference := name [ ":" tag ] [ "@" digest ]</c>.</summary>
public sealed class ImageNameTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Sha256 = $"sha256:{Hex}";
    private const string Sha512 = $"sha512:{Hex}{Hex}";

    [Theory]
    [InlineData("alpine", null, "alpine", null, null)]
    [InlineData("alpine:3.20", null, "alpine", "3.20", null)]
    [InlineData("library/alpine", null, "library/alpine", null, null)]
    [InlineData("a/b/c/d/e:t", null, "a/b/c/d/e", "t", null)]
    [InlineData("registry.io/alpine", "registry.io", "alpine", null, null)]
    [InlineData("registry.io:5000/p/alpine:v1", "registry.io:5000", "p/alpine", "v1", null)]
    [InlineData("localhost/alpine", "localhost", "alpine", null, null)]
    [InlineData("localhost:5000/alpine:v1", "localhost:5000", "alpine", "v1", null)]
    [InlineData("Registry/alpine", "Registry", "alpine", null, null)]
    [InlineData("[::1]/alpine", "[::1]", "alpine", null, null)]
    [InlineData("[2001:db8::1]:5000/alpine:v1", "[2001:db8::1]:5000", "alpine", "v1", null)]
    [InlineData("index.docker.io/library/alpine", "docker.io", "library/alpine", null, null)]
    [InlineData("localhost", null, "localhost", null, null)]
    [InlineData("localhost:5000", null, "localhost", "5000", null)]
    [InlineData("registry.io", null, "registry.io", null, null)]
    [InlineData("a--b/c__d/e.f/g_h", null, "a--b/c__d/e.f/g_h", null, null)]
    [InlineData($"alpine@{Sha256}", null, "alpine", null, Sha256)]
    [InlineData($"alpine:v1@{Sha256}", null, "alpine", "v1", Sha256)]
    [InlineData($"registry.io:5000/alpine@{Sha512}", "registry.io:5000", "alpine", null, Sha512)]
    [InlineData("alpine@sha384:0123456789abcdef0123456789abcdef", null, "alpine", null, "sha384:0123456789abcdef0123456789abcdef")]
    [InlineData("alpine:_a.B-c", null, "alpine", "_a.B-c", null)]
    [InlineData($"registry.io/{Hex}", "registry.io", Hex, null, null)]
    [InlineData($"{Hex}:v1", null, Hex, "v1", null)]
    public void A_name_is_taken_apart(string text, string? host, string path, string? tag, string? digest)
    {
        ImageName name = ImageName.Parse(text);
        Assert.Equal(host, name.Host?.Name);
        Assert.Equal(path, name.Path);
        Assert.Equal(tag, name.Tag);
        Assert.Equal(digest, name.Digest?.ToString());
        Assert.Equal(name, ImageName.Parse(name.ToString()));
    }

    [Theory]
    [InlineData("", "no repository name")]
    [InlineData("registry.io/", "no repository name")]
    [InlineData(":v1", "no repository name")]
    [InlineData($"@{Sha256}", "no repository name")]
    [InlineData("Alpine", "lower case")]
    [InlineData("registry.io/Project/alpine", "lower case")]
    [InlineData("/alpine", "not a repository name")]
    [InlineData("alpine/", "not a repository name")]
    [InlineData("a//b", "not a repository name")]
    [InlineData("-a", "not a repository name")]
    [InlineData("a-", "not a repository name")]
    [InlineData("a..b", "not a repository name")]
    [InlineData("a___b", "not a repository name")]
    [InlineData("a._b", "not a repository name")]
    [InlineData("a b", "not a repository name")]
    [InlineData("a\n", "not a repository name")]
    [InlineData("../../etc", "not a registry host")]
    [InlineData("x/../../etc", "not a repository name")]
    [InlineData("x/%2e%2e/y", "not a repository name")]
    [InlineData("x?y=z", "not a repository name")]
    [InlineData("bücher", "not a repository name")]
    [InlineData(Hex, "image ID")]
    [InlineData("https://registry.io/alpine", "not a registry host")]
    [InlineData("registry.io:port/alpine", "not a registry host")]
    [InlineData("registry.io:70000/alpine", "not a registry host")]
    [InlineData("user:secret@registry.io/alpine", "not a digest")]
    [InlineData("a_b.io/alpine", "not a registry host")]
    [InlineData("alpine:", "not a tag")]
    [InlineData("alpine:.v1", "not a tag")]
    [InlineData("alpine:-v1", "not a tag")]
    [InlineData("alpine:v 1", "not a tag")]
    [InlineData("alpine:v1\n", "not a tag")]
    [InlineData("alpine@", "not a digest")]
    [InlineData("alpine@latest", "not a digest")]
    [InlineData("alpine@sha256:abc", "not a digest")]
    [InlineData($"alpine@{Sha256}@{Sha256}", "not a digest")]
    [InlineData($"alpine@{Sha256}:v1", "not a digest")]
    [InlineData("alpine@other:short", "not a digest")]
    public void What_does_not_follow_the_grammar_is_refused_and_the_part_named(string text, string problem)
    {
        FormatException e = Assert.Throws<FormatException>(() => ImageName.Parse(text));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(e.Message, char.IsControl);
    }

    [Fact]
    public void Null_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentNullException>(() => ImageName.Parse(null!));

    [Fact]
    public void A_tag_has_a_hundred_and_twenty_eight_characters_at_most()
    {
        Assert.Equal(128, ImageName.Parse("alpine:" + new string('t', 128)).Tag!.Length);
        Assert.Throws<FormatException>(() => ImageName.Parse("alpine:" + new string('t', 129)));
    }

    [Fact]
    public void A_repository_path_has_two_hundred_and_fifty_five_characters_at_most_whatever_the_host()
    {
        string path = string.Join('/', Enumerable.Repeat("abcdefg", 32));
        Assert.Equal(255, path.Length);
        Assert.Equal(path, ImageName.Parse(path).Path);
        Assert.Equal(path, ImageName.Parse("registry.example.com:5000/" + path).Path);
        FormatException e = Assert.Throws<FormatException>(() => ImageName.Parse(path + "h"));
        Assert.Contains("longer than 255", e.Message, StringComparison.Ordinal);
        Assert.True(ImageName.IsPath(path));
        Assert.False(ImageName.IsPath(path + "h"));
    }

    [Fact]
    public void A_text_of_a_megabyte_is_refused_without_being_repeated()
    {
        FormatException e = Assert.Throws<FormatException>(() => ImageName.Parse(new string('-', 1 << 20)));
        Assert.True(e.Message.Length < 500, "the message repeats the text");
    }
}

using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Formats;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class OcMirrorListTests
{
    [Theory]
    [InlineData("a.io/ns/x:v1=b.io/ns/x:v1", "a.io/ns/x b.io/ns/x v1")]
    [InlineData("docker://a.io/ns/x:v1=docker://b.io:8443/m/ns/x:v1", "a.io/ns/x b.io:8443/m/ns/x v1")]
    [InlineData($"a.io/ns/x@{Digest}=b.io/ns/x:4.18-x86_64", $"a.io/ns/x b.io/ns/x {Digest}=4.18-x86_64")]
    [InlineData($"docker://a.io/ns/x@{Digest}=docker://b.io/ns/x:sha256-0123", $"a.io/ns/x b.io/ns/x {Digest}=sha256-0123")]
    [InlineData($"a.io/ns/x:v1@{Digest}=b.io/ns/x:v1", $"a.io/ns/x b.io/ns/x v1@{Digest}=v1")]
    [InlineData($"a.io/ns/x@{Digest}=b.io/ns/x@{Digest}", $"a.io/ns/x b.io/ns/x {Digest}")]
    [InlineData($"a.io/ns/x@{Digest}=b.io/ns/x", $"a.io/ns/x b.io/ns/x {Digest}")]
    [InlineData("a.io/ns/x=b.io/ns/x:v1", "a.io/ns/x b.io/ns/x latest=v1")]
    [InlineData("  a.io/ns/x:v1 = b.io/ns/x:v1  ", "a.io/ns/x b.io/ns/x v1")]
    public void A_mapping_is_an_entry(string text, string line)
    {
        ImageListEntry entry = Assert.Single(Read("mapping.txt", $"# comment\n\n{text}\n"));
        Assert.Equal(line, entry.Image?.ToListLine());
        Assert.Equal(3, entry.Origin.Number);
    }

    [Fact]
    public void A_source_pinned_by_digest_is_compared_with_the_tag_at_the_destination()
    {
        ImageListEntry entry = Assert.Single(Read("mapping.txt", $"a.io/ns/x@{Digest}=b.io/ns/x:v1"));
        var (source, destination) = entry.Image!.Resolve(new MirrorSettings());
        Assert.Equal($"a.io/ns/x@{Digest}", source.ToString());
        Assert.Equal("b.io/ns/x:v1", destination.ToString());
        Assert.Null(destination.Digest);
    }

    [Theory]
    [InlineData("a.io/x:v1==b.io/x:v1", "one equals sign")]
    [InlineData("=b.io/x:v1", "one equals sign")]
    [InlineData("a.io/x:v1=", "one equals sign")]
    [InlineData("a.io/x:v1=b.io/x:v1=c.io/x:v1", "one equals sign")]
    [InlineData("a.io/x:v1=b.io/x", "has neither a tag nor a digest")]
    [InlineData("a.io/x:v1=file://mirror/x:v1", "is not in a registry but in file:")]
    [InlineData("oci:///home/a/catalog=b.io/x:v1", "is not in a registry but in oci:")]
    [InlineData("a.io/X:v1=b.io/x:v1", "lower case")]
    [InlineData("a.io/x@sha256:123=b.io/x:v1", "not a digest")]
    public void What_cannot_be_read_names_the_line(string text, string problem)
    {
        (int line, string message) = Read("mapping.txt", $"\n{text}\n", ImageListFormat.OcMirror).Problem();
        Assert.Equal(2, line);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_another_kind_is_an_error_and_the_others_go_on() =>
        Assert.Equal([true, false, true], Read("mapping.txt", "a.io/x:v1=b.io/x:v1\na b c\na.io/y:v1=b.io/y:v1\n").Select(entry => entry.Image is not null));

    [Fact]
    public void It_is_a_stream()
    {
        using var endless = new RepeatingReader("registry.io/a:v1=mirror.io/a:v1\n", long.MaxValue);
        Assert.Equal(1000, OcMirrorList.Read(ImageListReader.Read(endless)).Take(1000).Count());
    }

    [Fact]
    public void A_line_that_was_cut_off_is_an_error()
    {
        string blanks = new(' ', ImageListReader.MaximumLineLength);
        Assert.Contains("longer than", Read("mapping.txt", $"a.io/x:v1=b.io/x:v1{blanks}2").Problem().Problem, StringComparison.Ordinal);
    }
}

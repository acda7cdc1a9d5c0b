using MirrorValidate.ImageLists;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class ListLineTests
{
    [Theory]
    // Two names.
    [InlineData("a.io/x b.io/y", "a.io/x b.io/y latest")]
    [InlineData("a.io/x b.io/y # v1", "a.io/x b.io/y latest")]
    [InlineData("a.io/x:v1 b.io/y:v1", "a.io/x b.io/y v1")]
    [InlineData("a.io/x:v1 b.io/y:v2", "a.io/x b.io/y v1=v2")]
    [InlineData("a.io/x:v1 b.io/y", "a.io/x b.io/y v1")]
    [InlineData("a.io/x b.io/y:v1", "a.io/x b.io/y v1")]
    [InlineData("nginx:1.27 mirror/nginx", "nginx mirror/nginx 1.27")]
    [InlineData("nginx mirror:1.27", "nginx mirror 1.27")]
    [InlineData($"a.io/x@{Digest} b.io/y:v1", $"a.io/x b.io/y {Digest}=v1")]
    [InlineData($"a.io/x@{Digest} b.io/y", $"a.io/x b.io/y {Digest}")]
    [InlineData($"a.io/x:v1@{Digest} b.io/y", $"a.io/x b.io/y v1@{Digest}=v1")]
    [InlineData($"a.io/x:v1@{Digest} b.io/y:v1", $"a.io/x b.io/y v1@{Digest}=v1")]
    // A name and its tag.
    [InlineData("a.io/x v1", "a.io/x:v1")]
    [InlineData("nginx 1.27", "nginx:1.27")]
    [InlineData($"a.io/x {Digest}", $"a.io/x@{Digest}")]
    [InlineData($"a.io/x@{Digest} v1", $"a.io/x:v1@{Digest}")]
    // A name and a note.
    [InlineData("rancher/fleet:v0.9.0 rancher,rke2All", "rancher/fleet:v0.9.0")]
    [InlineData("rancher/fleet:v0.9.0 fleet:103.1.0+up0.9.0", "rancher/fleet:v0.9.0")]
    [InlineData("rancher/fleet:v0.9.0 fleet:103.1.0+up0.9.0,fleet:104.0.0+up0.10.0", "rancher/fleet:v0.9.0")]
    [InlineData("rancher/fleet:v0.9.0 core", "rancher/fleet:v0.9.0")]
    // With an equals sign.
    [InlineData("a.io/x:v1=b.io/y:v1", "a.io/x b.io/y v1")]
    [InlineData("a.io/x:v1=b.io/y", "a.io/x b.io/y v1")]
    [InlineData("a.io/x=b.io/y:v1", "a.io/x b.io/y v1")]
    [InlineData("a.io/x=b.io/y", "a.io/x b.io/y latest")]
    [InlineData("a.io/x:v1 = b.io/y:v2", "a.io/x b.io/y v1=v2")]
    [InlineData($"a.io/x@{Digest}=b.io/y:v1", $"a.io/x b.io/y {Digest}=v1")]
    // Quotes and the transport.
    [InlineData("docker://a.io/x:v1 docker://b.io/y:v1", "a.io/x b.io/y v1")]
    [InlineData("docker://a.io/x docker://b.io/y v1", "a.io/x b.io/y v1")]
    [InlineData("docker://a.io/x:v1=docker://b.io/y:v2", "a.io/x b.io/y v1=v2")]
    [InlineData("\"a.io/x:v1\"", "a.io/x:v1")]
    [InlineData("'a.io/x:v1' \"docker://b.io/y\"", "a.io/x b.io/y v1")]
    [InlineData("  \"a.io/x:v1\",", "a.io/x:v1")]
    [InlineData("\"a.io/x:v1\"=\"b.io/y:v2\"", "a.io/x b.io/y v1=v2")]
    // What grep leaves.
    [InlineData("image: a.io/x:v1", "a.io/x:v1")]
    [InlineData("        image: \"a.io/x:v1\"  # pinned", "a.io/x:v1")]
    [InlineData("      - image: a.io/x:v1", "a.io/x:v1")]
    [InlineData("- a.io/x:v1", "a.io/x:v1")]
    [InlineData("- \"a.io/x:v1\"", "a.io/x:v1")]
    [InlineData("\"image\": \"a.io/x:v1\",", "a.io/x:v1")]
    [InlineData("templates/deployment.yaml:          image: a.io/x:v1", "a.io/x:v1")]
    [InlineData("templates/deployment.yaml:12:          image: a.io/x:v1", "a.io/x:v1")]
    [InlineData("templates/deployment.yaml:      - image: a.io/x:v1", "a.io/x:v1")]
    [InlineData("compose.yaml:image: a.io/x:v1", "a.io/x:v1")]
    [InlineData("- a.io/x b.io/y v1", "a.io/x b.io/y v1")]
    // A platform.
    [InlineData("--platform=linux/arm64 a.io/x:v1", "--platform=linux/arm64 a.io/x:v1")]
    [InlineData("--platform linux/arm64 a.io/x:v1", "--platform=linux/arm64 a.io/x:v1")]
    [InlineData("--platform=linux/arm/v7 a.io/x b.io/y v1", "--platform=linux/arm/v7 a.io/x b.io/y v1")]
    [InlineData("--platform=windows/amd64:10.0.20348.2762 a.io/x v1", "--platform=windows/amd64:10.0.20348.2762 a.io/x:v1")]
    [InlineData("- --platform=linux/amd64/v2 docker://a.io/x:v1=b.io/x:v2", "--platform=linux/amd64/v2 a.io/x b.io/x v1=v2")]
    public void A_line_is_the_image_that_it_names(string text, string expected)
    {
        MirrorImage image = MirrorImage.Parse(new ImageListLine(text, 4, "list.txt"));
        Assert.Equal(expected, image.ToListLine());
        Assert.Equal((text, 4, "list.txt"), (image.Line, image.LineNumber, image.Path));
        Assert.Equal(expected, MirrorImage.Parse(new ImageListLine(expected, 1, null)).ToListLine());
    }

    [Theory]
    [InlineData("a.io/x:v1=", "one equals sign")]
    [InlineData("=b.io/x:v1", "one equals sign")]
    [InlineData("a=b=c", "one equals sign")]
    [InlineData("a.io/x:v1=b.io/x:v1 note", "not a re")]
    [InlineData("a.io/x v1=v2", "the destination is not named")]
    [InlineData("a.io/x b.io/X", "lower case")]
    [InlineData("a.io/x b:c:d", "not a re")]
    [InlineData("a.io/x 'v 1'", "not a re")]
    [InlineData("a.io/x v#1", "not a tag")]
    [InlineData("a.io/x !", "not a tag")]
    [InlineData("name: a.io/x:v1", "\"name:\" is not \"image:\"")]
    [InlineData("apiVersion: v1", "\"apiVersion:\" is not \"image:\"")]
    [InlineData(":", "\":\" is not \"image:\"")]
    [InlineData("image:", "found nothing")]
    [InlineData("-", "found nothing")]
    [InlineData("image: {{ .Values.image.repository }}:{{ .Values.image.tag }}", "is a template")]
    [InlineData("image: a b c d", "found 4 fields")]
    [InlineData("--platform", "--platform has no value")]
    [InlineData("--platform= a.io/x", "--platform has no value")]
    [InlineData("--platform=linux/amd64", "found nothing")]
    [InlineData("--platform=linux a.io/x", "\"linux\" is not a platform")]
    [InlineData("--platform=linux/ a.io/x", "is not a platform")]
    [InlineData("--platform=linux/amd64,linux/arm64 a.io/x", "is not a platform")]
    [InlineData("--platform=linux/* a.io/x", "is not a platform")]
    [InlineData("--all a.io/x", "\"--all\" is no option of a list line")]
    [InlineData("\"a.io/x", "not a re")]
    [InlineData("\"\"", "not a re")]
    [InlineData("docker://", "no repository name")]
    [InlineData("docker pull nginx:1.27", "not a tag")]
    public void What_cannot_be_read_names_the_place_and_what_is_wrong(string text, string problem)
    {
        ImageListException e = Assert.Throws<ImageListException>(() => MirrorImage.Parse(new ImageListLine(text, 4, "list.txt")));
        Assert.StartsWith("list.txt, line 4: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_tags_are_an_entry_each()
    {
        const string Text = """
            quay.io/coreos/etcd v3.5.17,v3.5.18
            --platform=linux/arm64 nginx 1.27,1!27,stable,
            nginx:1.27 core,extra
            nginx ,
            """;
        IReadOnlyList<ImageListEntry> entries = Read("list.txt", Text);
        Assert.Equal(
            [
                "1: quay.io/coreos/etcd - v3.5.17",
                "1: quay.io/coreos/etcd - v3.5.18",
                "2: nginx - 1.27",
                "2! \"1!27\" is not a tag (letters, digits, _ . -, 128 at most)",
                "2: nginx - stable",
                "3: nginx - 1.27",
                "4! \",\" is not a tag (letters, digits, _ . -, 128 at most)",
            ],
            entries.Shown());
        Assert.Equal(
            ["quay.io/coreos/etcd v3.5.17", "quay.io/coreos/etcd v3.5.18", "--platform=linux/arm64 nginx 1.27"],
            entries.Take(3).Select(entry => entry.Image!.Line));
        Assert.Equal([null, null, "linux/arm64", null, "linux/arm64"], entries.Take(5).Select(entry => entry.Image?.Platform));
    }

    [Fact]
    public void A_platform_stays_with_its_entry()
    {
        MirrorImage image = MirrorImage.Parse(new ImageListLine("--platform=linux/arm64 a.io/p/x:v1", 1, null));
        Assert.Equal("linux/arm64", image.Platform);
        Assert.Equal("linux/arm64", image.CopiedTo("b.io/copy", isScoped: false).Platform);
        Assert.Equal("--platform=linux/arm64 a.io/p/x b.io/copy/x v1", image.CopiedTo("b.io/copy", isScoped: false).Line);
        Assert.Null(MirrorImage.Parse(new ImageListLine("a.io/p/x:v1", 1, null)).Platform);
    }
}

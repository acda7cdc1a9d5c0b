using MirrorValidate.ImageLists;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class SkopeoSyncListTests
{
    // The features of the example in skopeo-sync(1).
    private const string Example = $"""
        registry.example.com:
          images:
            toolbox: []
            cache:
              - "1.0"
              - 2.10
              - "{Digest}"
          images-by-tag-regex:
            web: ^1\.13\.[12]-perl$
          images-by-semver:
            base: ">= 3.12.0"
          credentials:
            username: margaret
            password: correct horse battery
          tls-verify: true
          cert-dir: /home/margaret/certs
        quay.io:
          tls-verify: false
          images:
            coreos/etcd:
              - latest
        """;

    [Fact]
    public void Tags_and_digests_become_entries_and_what_only_the_registry_knows_becomes_an_error()
    {
        IReadOnlyList<ImageListEntry> entries = Read("sync.yml", Example);
        string[] shown = [.. entries.Shown()];
        Assert.Equal(7, shown.Length);
        Assert.StartsWith("3! no tags are named, so that all are copied", shown[0], StringComparison.Ordinal);
        Assert.Equal("5: registry.example.com/cache - 1.0", shown[1]);
        Assert.Equal("6: registry.example.com/cache - 2.10", shown[2]);
        Assert.Equal($"7: registry.example.com/cache - {Digest}", shown[3]);
        Assert.StartsWith("9! the tags that match", shown[4], StringComparison.Ordinal);
        Assert.StartsWith("11! the tags in the range", shown[5], StringComparison.Ordinal);
        Assert.Equal("21: quay.io/coreos/etcd - latest", shown[6]);
        Assert.Equal("registry.example.com/toolbox: []", entries[0].Origin.Text);
        Assert.Equal("registry.example.com/cache:1.0", entries[1].Origin.Text);
        Assert.All(shown.Where(text => text.Contains('!')), text => Assert.Contains("add -ResolveTag", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Credentials_are_nowhere() =>
        Assert.All(Read("sync.yml", Example), entry =>
        {
            string all = $"{entry} {entry.Image} {entry.Error}";
            Assert.DoesNotContain("margaret", all, StringComparison.Ordinal);
            Assert.DoesNotContain("horse", all, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("a.io: {images: {x: v1}}", 1, "a list: [tag, ...]")]
    [InlineData("a.io:\n  images:\n    x:\n      - v1 v2\n", 4, "\"v1 v2\" is neither a tag nor a digest")]
    [InlineData("a.io:\n  images:\n    x:\n      - v1=v2\n", 4, "neither a tag nor a digest")]
    [InlineData("a.io:\n  images:\n    x:\n      - ''\n", 4, "neither a tag nor a digest")]
    [InlineData("a.io:\n  images:\n    x:\n      -\n", 4, "neither a tag nor a digest")]
    [InlineData("a.io:\n  images:\n    x:\n      - [v1]\n", 4, "neither a tag nor a digest")]
    [InlineData("a.io:\n  images:\n    x:v1: [v1]\n", 3, "the name has a tag or digest itself")]
    [InlineData("a.io:\n  images:\n    X: [v1]\n", 3, "must be lower case")]
    [InlineData("a.io:\n  images: [x]\n", 2, "images is a mapping of repositories")]
    [InlineData("a.io:\n  images-by-semver: x\n", 2, "images-by-semver is a mapping of repositories")]
    [InlineData("a.io:\n  images: {}\n  image:\n    x: [v1]\n", 3, "\"image\" is nothing that skopeo knows of a registry")]
    [InlineData("a.io: {images: {}}\nb.io: 5\n", 2, "a registry has images")]
    public void What_cannot_be_read_names_the_line(string text, int line, string problem)
    {
        (int where, string message) = Read("sync.yaml", text).Problem();
        Assert.Equal(line, where);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.io: {images: {}}")]
    [InlineData("a.io: {images: }")]
    [InlineData("a.io: {images: {}, tls-verify: false}\nb.io:\n")]
    public void A_registry_without_images_has_no_entries(string text) => Assert.Empty(Read("sync.yaml", text));

    [Fact]
    public void The_project_may_stand_with_the_registry_and_an_alias_stands_for_its_anchor()
    {
        const string Text = """
            quay.io/coreos:
              images: &images
                etcd: [v3.5.0]
            127.0.0.1:5000:
              images: *images
            """;
        Assert.Equal(["3: quay.io/coreos/etcd - v3.5.0", "3: 127.0.0.1:5000/etcd - v3.5.0"], Read("sync.yaml", Text).Shown());
    }

    [Fact]
    public void It_may_be_written_as_JSON() =>
        Assert.Equal(["2: quay.io/a - v1"], Read("sync.json", "{\"quay.io\": {\"images\": {\n\"a\": [\"v1\"]}}}").Shown());

    [Theory]
    [InlineData("quay.io/coreos/etcd:v1", "d.io", false, "quay.io/coreos/etcd d.io/etcd v1")]
    [InlineData("quay.io/coreos/etcd:v1", "d.io/a/b", false, "quay.io/coreos/etcd d.io/a/b/etcd v1")]
    [InlineData("quay.io/coreos/etcd:v1", "d.io/a", true, "quay.io/coreos/etcd d.io/a/quay.io/coreos/etcd v1")]
    [InlineData("nginx", "d.io/a", true, "nginx d.io/a/docker.io/library/nginx latest")]
    [InlineData($"quay.io/etcd@{Digest}", "d.io/a", false, $"quay.io/etcd d.io/a/etcd {Digest}")]
    public void Where_skopeo_put_an_image_follows_from_what_it_was_told(string line, string place, bool isScoped, string expected)
    {
        MirrorImage copied = MirrorImage.Parse(new ImageListLine(line, 4, "list.txt")).CopiedTo(place, isScoped);
        Assert.Equal(expected, copied.ToListLine());
        Assert.Equal((expected, 4, "list.txt"), (copied.Line, copied.LineNumber, copied.Path));
    }

    [Fact]
    public void An_entry_that_has_a_destination_stays_where_it_is()
    {
        MirrorImage image = MirrorImage.Parse(new ImageListLine("a b c", 1, null));
        Assert.Same(image, image.CopiedTo("d.io", isScoped: true));
    }
}

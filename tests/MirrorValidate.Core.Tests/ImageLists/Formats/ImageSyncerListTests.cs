using MirrorValidate.ImageLists;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class ImageSyncerListTests
{
    private static readonly string[] s_entries =
    [
        "2: quay.io/coreos/proxy mirror.example/team/proxy v1.0",
        "3: quay.io/coreos/proxy mirror.example/team/proxy v1.1",
        "3: quay.io/coreos/proxy mirror.example/team/proxy v2.0",
        $"4: quay.io/coreos/proxy mirror.example/team/proxy {Digest}",
        "6: quay.io/coreos/proxy mirror.example/team/one v1.2",
        "7: quay.io/coreos/proxy mirror.example/team/two v1.2=stable",
        "9: quay.io/coreos/proxy mirror.example/team/proxy a=x",
        "9: quay.io/coreos/proxy mirror.example/team/proxy b=y",
    ];

    [Fact]
    public void A_YAML_file_of_images_is_read()
    {
        const string Text = $"""
            # images
            quay.io/coreos/proxy:v1.0: mirror.example/team/proxy
            quay.io/coreos/proxy:v1.1,v2.0: mirror.example/team/proxy
            quay.io/coreos/proxy@{Digest}: mirror.example/team/proxy
            quay.io/coreos/proxy:v1.2:
              - mirror.example/team/one
              - mirror.example/team/two:stable

            quay.io/coreos/proxy:a,b: mirror.example/team/proxy:x,y
            """;
        Assert.Equal(s_entries, Read("images.yaml", Text).Shown());
    }

    [Fact]
    public void A_JSON_file_of_images_is_read()
    {
        const string Text = $$"""
            { // images
              "quay.io/coreos/proxy:v1.0": "mirror.example/team/proxy",
              "quay.io/coreos/proxy:v1.1,v2.0": "mirror.example/team/proxy",
              "quay.io/coreos/proxy@{{Digest}}": "mirror.example/team/proxy",
              "quay.io/coreos/proxy:v1.2": [
                "mirror.example/team/one",
                "mirror.example/team/two:stable"
              ],
              "quay.io/coreos/proxy:a,b": "mirror.example/team/proxy:x,y",
            }
            """;
        Assert.Equal(s_entries, Read("images.json", Text).Shown());
    }

    [Theory]
    [InlineData("config.json", """{"auth": {"quay.io": {"username": "ada", "password": "lovelace"}}, "images": {"quay.io/a/b:v1": "m.io/a/b"}}""")]
    [InlineData("config.yaml", "auth:\n  quay.io:\n    username: ada\n    password: lovelace\nimages:\n  quay.io/a/b:v1: m.io/a/b\n")]
    public void The_older_configuration_with_logins_is_read_and_keeps_them_to_itself(string name, string text)
    {
        ImageListEntry entry = Assert.Single(Read(name, text));
        Assert.Equal("quay.io/a/b m.io/a/b v1", entry.Origin.Text);
        Assert.DoesNotContain("lovelace", $"{entry} {entry.Image}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quay.io/a/b", "m.io/a/b", "no tags are named, so that all are copied")]
    [InlineData("quay.io/a/b:/v1.*/", "m.io/a/b", "are not in the file: add -ResolveTag")]
    [InlineData("quay.io/a/b:/a\\\\/b/", "m.io/a/b", "are not in the file: add -ResolveTag")]
    [InlineData("quay.io/a/b:v1,v2", "m.io/a/b:v1", "the source has 2 tags and the target 1")]
    [InlineData("quay.io/a/b:v1", "m.io/a/b:v1,v2", "the source has 1 tags and the target 2")]
    [InlineData("quay.io/a/b:v1,v 2", "m.io/a/b", "\"v 2\" is not a tag")]
    [InlineData("quay.io/a/b:v1,", "m.io/a/b", "\"\" is not a tag")]
    [InlineData("quay.io/a/b,v1", "m.io/a/b", "the first of several tags is missing")]
    [InlineData("quay.io/a/b@" + Digest + ",v1", "m.io/a/b", "only tags can be several")]
    [InlineData("quay.io/a/B:v1", "m.io/a/b", "lower case")]
    [InlineData("quay.io/a/b:v1", "m.io", "names no repository: write registry/namespace/repository")]
    [InlineData("quay.io/a/b:v1", "m.io:5000", "names no repository")]
    [InlineData("quay.io/a/b:v1", "${TARGET}/a/b", "environment variable")]
    [InlineData("quay.io/a/b:v1", "m.io/A/b", "lower case")]
    public void What_cannot_be_read_names_the_line(string source, string target, string problem)
    {
        (int line, string message) = Read("images.json", $"{{\n\n\"{source}\": \"{target}\"}}").Problem();
        Assert.Equal(3, line);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("null")]
    public void An_empty_target_gives_a_single_reference(string target) =>
        Assert.Equal(["1: quay.io/a/b - v1", "1: quay.io/a/b - v2"], Read("images.json", $"{{\"quay.io/a/b:v1,v2\": {target}}}").Shown());

    [Theory]
    [InlineData("images:\n  a.io/x:v1: b.io/x\n  password: lovelace\n")]
    [InlineData("a.io/x:v1: b.io/x\nAuth: lovelace\nregistryToken: lovelace\n")]
    public void A_login_in_the_wrong_place_is_not_repeated(string text)
    {
        IReadOnlyList<ImageListEntry> entries = Read("images.yaml", text);
        Assert.Contains(entries, entry => entry.Error?.Message.Contains("looks like a login", StringComparison.Ordinal) == true);
        Assert.All(entries, entry => Assert.DoesNotContain("lovelace", $"{entry} {entry.Error}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_is_there_twice_is_two_entries() =>
        Assert.Equal(2, Read("images.json", """{"a.io/x:v1": "b.io/x", "a.io/x:v1": "c.io/x"}""").Count);

    [Fact]
    public void A_mapping_is_no_target()
    {
        (int line, string message) = Read("images.json", "{\n\"a.io/x:v1\": {\"b.io/x\": \"v1\"}}", ImageListFormat.ImageSyncer).Problem();
        Assert.Equal(2, line);
        Assert.Contains("not a mapping", message, StringComparison.Ordinal);
    }
}

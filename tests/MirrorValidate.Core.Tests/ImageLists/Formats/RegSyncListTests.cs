using MirrorValidate.ImageLists;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class RegSyncListTests
{
    [Fact]
    public void Steps_become_entries_as_far_as_the_file_names_what_they_copy()
    {
        const string Text = """
            x-nightly: &nightly "15 01 * * *"
            version: 1
            creds:
              - registry: mirror.example:5000
                user: grace
                pass: "nobody knows"
            defaults:
              parallel: 2
            sync:
              - source: busybox:1.36
                target: mirror.example:5000/library/busybox:1.36
                type: image
                schedule: *nightly
                backup: "backup-{{.Ref.Tag}}"
              - source: alpine
                target: mirror.example:5000/library/alpine
                type: repository
                tags:
                  allow:
                    - latest
                    - "3"
                    - 3.20
                    - "3\\.\\d+"
                    - "^edge$"
                    - "3.1"
                  deny:
                    - "3\\.1.*"
              - source: localreg:5000
                target: mirror.example:5000
                type: registry
            """;
        IReadOnlyList<ImageListEntry> entries = Read("regsync.yml", Text);
        string[] shown = [.. entries.Shown()];
        Assert.Equal(
            [
                "10: busybox mirror.example:5000/library/busybox 1.36",
                "20: alpine mirror.example:5000/library/alpine latest",
                "21: alpine mirror.example:5000/library/alpine 3",
                "22: alpine mirror.example:5000/library/alpine 3.20",
            ],
            shown[..4]);
        Assert.StartsWith(@"23! the tags that match ""3\.\d+"" are not in the file", shown[4], StringComparison.Ordinal);
        Assert.Equal("24: alpine mirror.example:5000/library/alpine edge", shown[5]);
        Assert.StartsWith("28! which repositories the registry has is not in the file: name the repositories", shown[6], StringComparison.Ordinal);
        Assert.Equal(7, shown.Length);
        Assert.All(entries, entry => Assert.DoesNotContain("nobody", $"{entry} {entry.Error}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.io/x:v1", "b.io/y:v1", "a.io/x b.io/y v1")]
    [InlineData("a.io/x:v1", "b.io/y:v2", "a.io/x b.io/y v1=v2")]
    [InlineData("a.io/x:v1", "b.io/y", "a.io/x b.io/y v1=latest")]
    [InlineData("a.io/x", "b.io/y", "a.io/x b.io/y latest")]
    [InlineData($"a.io/x@{Digest}", "b.io/y:v1", $"a.io/x b.io/y {Digest}=v1")]
    [InlineData($"a.io/x:v0@{Digest}", "b.io/y:v1", $"a.io/x b.io/y {Digest}=v1")]
    [InlineData($"a.io/x@{Digest}", $"b.io/y@{Digest}", $"a.io/x b.io/y {Digest}")]
    [InlineData($"a.io/x@{Digest}", "b.io/y", $"a.io/x b.io/y {Digest}=latest")]
    public void Each_side_of_an_image_has_its_own_tag(string source, string target, string line) =>
        Assert.Equal(line, Assert.Single(Read("r.yaml", $"sync:\n- {{source: \"{source}\", target: \"{target}\", type: image}}")).Image!.ToListLine());

    [Fact]
    public void Tag_sets_add_up_and_a_version_range_is_an_error()
    {
        const string Text = """
            sync:
              - source: a.io/x
                target: b.io/x
                type: repository
                tagSets:
                  - allow: [latest, edge]
                  - allow: [latest, 'v\d+']
                  - allow: ['.*']
                    semverRange: [">=3.5.1 <4.0"]
            """;
        string[] shown = [.. Read("r.yaml", Text).Shown()];
        Assert.Equal(["6: a.io/x b.io/x latest", "6: a.io/x b.io/x edge"], shown[..2]);
        Assert.StartsWith("7! the tags that match", shown[2], StringComparison.Ordinal);
        Assert.StartsWith("9! the tags in the range \">=3.5.1 <4.0\" are not", shown[3], StringComparison.Ordinal);
        Assert.Equal(4, shown.Length);
    }

    [Fact]
    public void A_registry_with_named_repositories_and_tags_is_read()
    {
        const string Text = """
            sync:
              - source: a.io
                target: b.io/copy
                type: registry
                repos: {allow: [team/x, y, "z.*"]}
                tags: {allow: [v1, v2]}
            """;
        string[] shown = [.. Read("r.yaml", Text).Shown()];
        Assert.Equal(["6: a.io/team/x b.io/copy/team/x v1", "6: a.io/team/x b.io/copy/team/x v2", "6: a.io/y b.io/copy/y v1", "6: a.io/y b.io/copy/y v2"], shown[..4]);
        Assert.StartsWith("5! the repositories that match an expression", shown[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{source: \"{{env \\\"A\\\"}}/x\", target: b, type: image}", "template")]
    [InlineData("{source: a, target: \"b:{{.Sync.Type}}\", type: image}", "template")]
    [InlineData("{source: a, type: image}", "a step needs a source and a target")]
    [InlineData("{target: a, type: image}", "a step needs a source and a target")]
    [InlineData("only text", "a step needs a source and a target")]
    [InlineData("{source: a, target: b}", "the type of a step is image, repository or registry")]
    [InlineData("{source: a, target: b, type: images}", "the type of a step is")]
    [InlineData("{source: a, target: 'ocidir://b', type: image}", "not in a registry")]
    [InlineData("{source: A, target: b, type: image}", "lower case")]
    [InlineData("{source: a, target: B, type: repository}", "lower case")]
    [InlineData("{source: A b, target: c, type: registry, repos: {allow: [x]}, tags: {allow: [v1]}}", "not a re")]
    [InlineData("{source: a, target: b, type: repository}", "no tags are named")]
    [InlineData("{source: a, target: b, type: repository, tags: {deny: [v1]}}", "the tags that are not denied are not in the file")]
    [InlineData("{source: a, target: b, type: repository, tags: {allow: [v1], deny: ['(']}}", "an expression under \"deny\" cannot be read")]
    public void What_cannot_be_read_names_the_line(string step, string problem)
    {
        (int line, string message) = Read("r.yaml", $"version: 1\nsync:\n- {step}\n").Problem();
        Assert.Equal(3, line);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_takes_in_what_another_has()
    {
        const string Text = """
            x-base: &base {type: image, target: b.io/x:v1}
            sync:
              - <<: *base
                source: a.io/x:v1
              - <<: [{target: c.io/x:v2}, *base]
                source: a.io/x:v2
            """;
        Assert.Equal(["3: a.io/x b.io/x v1", "5: a.io/x c.io/x v2"], Read("r.yaml", Text).Shown());
    }

    [Fact]
    public void What_comes_from_an_anchor_has_the_place_of_its_step()
    {
        const string Text = """
            x-tags: &tags
              allow:
                - v1
                - 'v\d+'
            x-repositories: &repositories
              allow: [team/x, 'team/.*']
            sync:
              - source: a.io/x
                target: b.io/x
                type: repository
                tags: *tags
              - source: a.io/y
                target: b.io/y
                type: repository
                tags: *tags
              - source: a.io
                target: b.io
                type: registry
                repos: *repositories
                tags: {allow: [v1]}
            """;
        string[] shown = [.. Read("r.yaml", Text).Shown()];
        Assert.Equal(6, shown.Length);
        Assert.Equal("8: a.io/x b.io/x v1", shown[0]);
        Assert.StartsWith(@"8! the tags that match ""v\d+"" are not in the file", shown[1], StringComparison.Ordinal);
        Assert.Contains("(anchor in line 4, used by the step for a.io/x): add -ResolveTag", shown[1], StringComparison.Ordinal);
        Assert.Equal("12: a.io/y b.io/y v1", shown[2]);
        Assert.StartsWith(@"12! the tags that match ""v\d+"" are not", shown[3], StringComparison.Ordinal);
        Assert.Contains("(anchor in line 4, used by the step for a.io/y): add -ResolveTag", shown[3], StringComparison.Ordinal);
        Assert.Equal("20: a.io/team/x b.io/team/x v1", shown[4]);
        Assert.StartsWith("16! the repositories that match an expression", shown[5], StringComparison.Ordinal);
        Assert.EndsWith("(anchor in line 6, used by the step for a.io)", shown[5], StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_is_an_alias_stands_where_the_alias_stands()
    {
        const string Text = """
            x-step: &step
              source: a.io/x
              target: b.io/x
              type: repository
              tags: {allow: [v1, 'v\d+']}
            x-broken: &broken {source: a.io/y, type: image}
            x-tag: &tag 'w\d+'
            sync:
              - *step
              - *broken
              - source: a.io/z
                target: b.io/z
                type: repository
                tags:
                  allow:
                    - *tag
            """;
        string[] shown = [.. Read("r.yaml", Text).Shown()];
        Assert.Equal(4, shown.Length);
        Assert.Equal("9: a.io/x b.io/x v1", shown[0]);
        Assert.StartsWith(@"9! the tags that match ""v\d+""", shown[1], StringComparison.Ordinal);
        Assert.Contains("(anchor in line 5, used by the step for a.io/x): add -ResolveTag", shown[1], StringComparison.Ordinal);
        Assert.Equal("10! a step needs a source and a target", shown[2]);
        Assert.StartsWith(@"16! the tags that match ""w\d+""", shown[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_steps_are_read()
    {
        string text = "version: 1\nsync:\n" + string.Concat(Enumerable.Range(1, 7532).Select(number => $"""
            - source: docker.io/library/image{number}:v{number}
              target: mirror.example.com/library/image{number}:v{number}
              type: image

            """));
        IReadOnlyList<ImageListEntry> entries = Read("regsync.yaml", text);
        Assert.Equal(7532, entries.Count);
        Assert.Equal(3 + (3 * 7531), entries[^1].Origin.Number);
    }

    [Theory]
    [InlineData("sync: {}", "\"sync\" is a list of steps")]
    [InlineData("steps: []", "a list under \"sync\"")]
    public void A_file_of_another_shape_is_refused(string text, string problem) =>
        Assert.Contains(problem, Refused("r.yaml", text, ImageListFormat.RegSync).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("sync:\n")]
    [InlineData("sync: []\n")]
    public void No_steps_are_no_entries(string text) => Assert.Empty(Read("r.yaml", text, ImageListFormat.RegSync));
}

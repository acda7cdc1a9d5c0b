using MirrorValidate.Core.Tests.ImageLists.Formats;
using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.ImageLists.Expansion;

/// <summary>What becomes of lists that leave tags to the registry, with the tags of the registry.</summary>
public sealed class TagExpanderTests
{
    private readonly FakeReader _reader = new();
    private readonly CapturedLog _log = new();

    // The rules are those of each tool's source: cmd/regsync/root.go, cmd/skopeo/sync.go, image-syncer pkg/utils/url.go,
    // dregsy internal/pkg/tags/tagset.go.
    public static TheoryData<string, string, string> Selections => new()
    {
        { "regsync, a whole repository", RegSync(""), "1.0 1.1 1.1-rc 2.0 latest edge a.b" },
        { "regsync, anchored", RegSync("tags: {allow: ['1[.].']}"), "1.0 1.1" },
        { "regsync, anchors are not around alternatives", RegSync("tags: {allow: ['1|ge']}"), "1.0 1.1 1.1-rc edge" },
        { "regsync, denied", RegSync("tags: {allow: ['1.*'], deny: ['.*-rc', '1[.]0']}"), "1.1" },
        { "regsync, denied only", RegSync("tags: {deny: ['.*[0-9].*']}"), "latest edge a.b" },
        { "regsync, deny is anchored", RegSync("tags: {allow: ['1.*'], deny: ['rc']}"), "1.0 1.1 1.1-rc" },
        { "regsync, a range", RegSync("tags: {semverRange: ['>=1.1-rc <2', '>=2']}"), "1.1 1.1-rc 2.0" },
        { "regsync, a range, then allowed", RegSync("tags: {semverRange: ['>=1'], allow: ['.*[.]0', latest]}"), "1.0 2.0" },
        { "regsync, a range, then denied", RegSync("tags: {semverRange: ['>=1'], deny: ['.*-.*']}"), "1.0 1.1 2.0" },
        { "regsync, an empty range", RegSync("tags: {semverRange: [], allow: ['.*e']}"), "edge" },
        { "regsync, empty tags beside sets", RegSync("tags: {}, tagSets: [{allow: ['ed.*']}]"), "edge" },
        { "regsync, sets add up", RegSync("tags: {allow: ['1[.].']}, tagSets: [{allow: ['1.*']}]"), "1.0 1.1 1.1-rc" },
        { "regsync, a named tag keeps its place", RegSync("tags: {allow: ['1.*', '1.1', '.*t']}"), "1.0 1.1-rc 1.1 latest" },
        { "skopeo, a whole repository", "q.io: {images: {x: []}}", "1.0 1.1 1.1-rc 2.0 latest edge a.b" },
        { "skopeo, anywhere", "q.io: {images-by-tag-regex: {x: '1'}}", "1.0 1.1 1.1-rc" },
        { "skopeo, anchored", "q.io: {images-by-tag-regex: {x: '^[a-z]+$'}}", "latest edge" },
        { "skopeo, a range", "q.io: {images-by-semver: {x: '>=1.1'}}", "1.1 2.0" },
        { "skopeo, a range with prereleases", "q.io: {images-by-semver: {x: '>=1.1-0 <2'}}", "1.1 1.1-rc" },
        { "image-syncer, a whole repository", "q.io/x: m.io/y", "1.0 1.1 1.1-rc 2.0 latest edge a.b" },
        { "image-syncer, anywhere", "q.io/x:/[.]1/: m.io/y", "1.1 1.1-rc" },
        { "image-syncer, with slashes", "'q.io/x:/1|a/b/': m.io/y", "1.0 1.1 1.1-rc" },
        { "dregsy, a whole repository", Dregsy(""), "1.0 1.1 1.1-rc 2.0 latest edge a.b" },
        { "dregsy, anchored", Dregsy("'regex: 1[.].'"), "1.0 1.1" },
        { "dregsy, inverted", Dregsy("'regex: !.*[0-9].*'"), "latest edge a.b" },
        { "dregsy, a range", Dregsy("'semver: >=1.1.0 <2.0.0'"), "1.1" },
        { "dregsy, any of them", Dregsy("latest, 'semver: >=2.0.0', 'regex: e.*'"), "latest 2.0 edge" },
        { "dregsy, kept", Dregsy("latest, 'regex: .*', 'keep: .*[0-9]', 'keep: !1.*'"), "latest 2.0" },
        { "dregsy, all that are kept", Dregsy("'keep: [a-z]+'"), "latest edge" },
        { "dregsy, the latest versions and other tags", Dregsy("'regex: [0-9.]*', edge, 'keep: latest 2'"), "1.1 2.0 edge" },
        { "dregsy, the last names where there is no version", Dregsy("'regex: [a-z.]+', 'keep: latest 2'"), "edge latest" },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task Tags_are_selected_as_the_tool_does(string what, string list, string tags)
    {
        _reader.Tags = [["1.0", "1.1", "1.1-rc"], ["2.0", "latest", "edge", "a.b"]];
        IReadOnlyList<ImageListEntry> entries = await ExpandAsync(list);
        Assert.All(entries, entry => Assert.True(entry.Error is null, $"{what}: {entry.Error?.Message}"));
        Assert.Equal(tags, string.Join(' ', entries.Select(entry => entry.Image!.Tag)));
        Assert.All(entries, entry => Assert.Equal("q.io/x", entry.Image!.Source));
        string? destination = list.StartsWith("q.io: ", StringComparison.Ordinal) ? null : "m.io/y";
        Assert.All(entries, entry => Assert.Equal(destination, entry.Image!.Destination));
        Assert.All(entries, entry => Assert.Equal(entry.Image!.ToListLine(), entry.Origin.Text));
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void Unless_they_are_asked_for_there_are_errors_that_say_how(string what, string list, string tags)
    {
        ImageListEntry[] open = [.. ListText.Read("list.yaml", list).Where(entry => entry.Open is not null)];
        Assert.True(open.Length > 0, $"{what}: {tags}");
        Assert.All(open, entry => Assert.Null(entry.Image));
        Assert.All(open, entry => Assert.Contains("not in the file: add -ResolveTag", entry.Error!.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("regex", "tags: {allow: ['3.*']}", "q.io/x has no tags that match \"3.*\" (it has 2)")]
    [InlineData("range", "tags: {semverRange: ['>=3', '<0.1']}", "q.io/x has no tags in the range \">=3 || <0.1\" (it has 2)")]
    [InlineData("deny", "tags: {deny: ['.*']}", "q.io/x has no tags that are not denied (it has 2)")]
    public async Task No_tag_is_an_error_that_names_the_expression(string what, string filter, string words)
    {
        _reader.Tags = [["1.0", "2.0"]];
        ImageListEntry entry = Assert.Single(await ExpandAsync(RegSync(filter)));
        Assert.True(entry.Error is not null, what);
        Assert.EndsWith($"line 1: {words}", entry.Error.Message, StringComparison.Ordinal);
        Assert.Equal(RegistryFault.NotFound, entry.Error.Fault?.Fault);
    }

    [Fact]
    public async Task A_repository_without_tags_is_an_error()
    {
        ImageListEntry entry = Assert.Single(await ExpandAsync(RegSync("")));
        Assert.EndsWith("q.io/x has no tags (it has 0)", entry.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_expression_that_selects_nothing_is_told_and_the_others_are_entries()
    {
        _reader.Tags = [["1.0", "2.0"]];
        IReadOnlyList<ImageListEntry> entries = await ExpandAsync(RegSync("tags: {allow: ['1.*', '3.*', '.*0']}"));
        Assert.Equal(["1.0", null, "2.0"], entries.Select(entry => entry.Image?.Tag));
    }

    [Fact]
    public async Task The_tags_of_a_repository_are_asked_for_once()
    {
        _reader.Tags = [["1.0", "2.0"]];
        await ExpandAsync(RegSync("tags: {allow: ['1.*', '2.*', '.*0']}"));
        Assert.Equal(["TAGS q.io/x"], _reader.Asked);
    }

    [Fact]
    public async Task Two_targets_each_have_all_tags()
    {
        _reader.Tags = [["1.0", "2.0"]];
        IReadOnlyList<ImageListEntry> entries = await ExpandAsync("q.io/x: [m.io/y, n.io/y]");
        Assert.Equal(
            ["m.io/y 1.0", "m.io/y 2.0", "n.io/y 1.0", "n.io/y 2.0"],
            entries.Select(entry => $"{entry.Image!.Destination} {entry.Image.Tag}"));
        Assert.Equal(["TAGS q.io/x"], _reader.Asked);
    }

    [Fact]
    public async Task Order_and_places_are_those_of_the_list()
    {
        _reader.Tags = [["b", "a"]];
        const string List = """
            sync:
            - {source: "q.io/one:v1", target: "m.io/one:v1", type: image}
            - {source: q.io/x, target: m.io/x, type: repository}
            - {source: q.io/y, target: m.io/y, type: repository, tags: {allow: ['b|c', a]}}
            """;
        IReadOnlyList<ImageListEntry> entries = await ExpandAsync(List);
        Assert.Equal(
            ["2 q.io/one v1", "3 q.io/x b", "3 q.io/x a", "4 q.io/y b", "4 q.io/y a"],
            entries.Select(entry => $"{entry.Origin.Number} {entry.Image!.Source} {entry.Image.Tag}"));
        Assert.All(entries, entry => Assert.EndsWith("list.yaml", entry.Image!.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_says_how_many_were_selected()
    {
        _reader.Tags = [["1.0", "2.0"]];
        await ExpandAsync(RegSync("tags: {allow: ['1.*']}"));
        Assert.Contains("[INFO] expand q.io/x: 1 of 2 tags that match \"1.*\"", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_registry_says_is_the_error_of_each_entry_and_of_no_other()
    {
        _reader.Tags = null;
        _reader.Fault = new RegistryException(RegistryFault.Forbidden, "source q.io: GET /v2/x/tags/list: 403 Forbidden");
        IReadOnlyList<ImageListEntry> entries = await ExpandAsync(RegSync("tags: {allow: ['1.*', v7, '2.*']}"));
        Assert.Equal([RegistryFault.Forbidden, null, RegistryFault.Forbidden], entries.Select(entry => entry.Error?.Fault?.Fault));
        Assert.Equal("v7", entries[1].Image!.Tag);
        Assert.Contains("line 1: source q.io: GET /v2/x/tags/list: 403", entries[0].Error!.Message, StringComparison.Ordinal);
        Assert.Single(_reader.Asked);
    }

    [Fact]
    public async Task The_registry_and_project_of_sources_are_those_of_the_run()
    {
        _reader.Tags = [["1.0"]];
        var settings = new MirrorSettings
        {
            SourceRegistry = RegistryHost.TryParse("r.io:5000", out RegistryHost? host) ? host : null,
            SourceProject = "team",
        };
        await ExpandAsync("q.io: {images: {library/x: []}}", settings);
        Assert.Equal(["TAGS r.io:5000/team/x"], _reader.Asked);
    }

    [Fact]
    public async Task An_entry_keeps_its_platform()
    {
        _reader.Tags = [["1.0"]];
        ImageListEntry entry = Assert.Single(await ExpandAsync(Dregsy("").Replace("}]}]", ", platform: linux/arm64}]}]", StringComparison.Ordinal)));
        Assert.Equal("linux/arm64", entry.Image!.Platform);
    }

    [Fact]
    public async Task What_the_registry_lists_and_is_no_tag_is_an_error()
    {
        _reader.Tags = [["1.0", "../secret", "\u001b[31m"]];
        IReadOnlyList<ImageListEntry> entries = await ExpandAsync(RegSync(""));
        Assert.Equal(["1.0", null, null], entries.Select(entry => entry.Image?.Tag));
        Assert.Contains("\"../secret\" is not a tag", entries[1].Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', entries[2].Error!.Message);
    }

    [Theory]
    [InlineData("sync: [{source: 'q.io/x', target: m.io/y, type: repository, tags: {allow: ['(']}}]", "\"^($\" is not a regular expression")]
    [InlineData("sync: [{source: 'q.io/x', target: m.io/y, type: repository, tags: {semverRange: '>=1'}}]", "semverRange is a list")]
    [InlineData("sync: [{source: 'q.io/x', target: m.io/y, type: repository, tags: {semverRange: ['>=one']}}]", "\">=one\"")]
    [InlineData("q.io: {images-by-tag-regex: {x: '('}}", "\"(\" is not a regular expression")]
    [InlineData("q.io: {images-by-tag-regex: {'x:1': 'a'}}", "\"q.io/x:1\" is not a repository")]
    [InlineData("q.io: {images-by-semver: {x: ''}}", "not a range of versions")]
    [InlineData("q.io/x:/(/: m.io/y", "\"(\" is not a regular expression")]
    [InlineData("q.io/x:/a/: m.io/y:v1", "the target has tags and the source names none")]
    [InlineData("tasks: [{source: {registry: q.io}, target: {registry: m.io}, mappings: [{from: x, tags: ['semver: 1.2']}]}]", "\"1.2\"")]
    [InlineData("tasks: [{source: {registry: q.io}, target: {registry: m.io}, mappings: [{from: x, tags: ['keep: (', v1]}]}]", "\"^($\"")]
    public void What_no_tags_can_make_right_is_not_left_to_them(string list, string words)
    {
        IReadOnlyList<ImageListEntry> entries = ListText.Read("list.yaml", list);
        Assert.DoesNotContain(entries, entry => entry.Open is not null);
        Assert.Contains(words, entries[0].Error!.Message, StringComparison.Ordinal);
    }

    private static string RegSync(string filters) =>
        $"sync: [{{source: q.io/x, target: m.io/y, type: repository{(filters.Length > 0 ? ", " : "")}{filters}}}]";

    private static string Dregsy(string tags) =>
        $"tasks: [{{source: {{registry: q.io}}, target: {{registry: m.io}}, mappings: [{{from: x, to: y, tags: [{tags}]}}]}}]";

    private async Task<IReadOnlyList<ImageListEntry>> ExpandAsync(string list, MirrorSettings? settings = null)
    {
        var expander = new TagExpander(_reader, settings ?? new MirrorSettings(), _log, Patience.Long);
        var expanded = new List<ImageListEntry>();
        foreach (ImageListEntry entry in ListText.Read("list.yaml", list))
            expanded.AddRange(await expander.ExpandAsync(entry, CancellationToken.None));
        Assert.All(expanded, entry => Assert.Null(entry.Open));
        return expanded;
    }
}

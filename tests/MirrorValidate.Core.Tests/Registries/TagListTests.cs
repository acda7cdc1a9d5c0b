using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>The tags of a repository, as registries list them.</summary>
public sealed class TagListTests : IAsyncLifetime
{
    private EmbeddedRegistry _registry = null!;

    public async Task InitializeAsync() => _registry = await EmbeddedRegistry.StartAsync();

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [Fact]
    public async Task Pages_come_one_after_the_other()
    {
        Tag("a", "b", "c", "d", "e");
        _registry.Options.TagsPageSize = 2;
        Assert.Equal(["a b", "c d", "e"], await PagesAsync());
        Assert.Equal(3, _registry.Requests.Count);
    }

    [Fact]
    public async Task A_page_is_given_before_the_next_one_is_asked_for()
    {
        Tag("a", "b", "c");
        _registry.Options.TagsPageSize = 1;
        using var run = new Run();
        await using IAsyncEnumerator<IReadOnlyList<string>> pages =
            run.Source.ListTagsAsync(Repository, run.Context(), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await pages.MoveNextAsync());
        Assert.Equal(["a"], pages.Current);
        Assert.Equal(1, _registry.Requests.Count);
    }

    [Fact]
    public async Task A_thousand_tags_are_asked_for_at_a_time()
    {
        string[] tags = [.. Enumerable.Range(0, 20_001).Select(number => $"v{number:D5}")];
        Tag(tags);
        Assert.Equal(tags, (await PagesAsync()).SelectMany(page => page.Split(' ')));
        Assert.Equal(21, _registry.Requests.Count);
    }

    [Theory]
    [InlineData("""{"name":"x","tags":null}""")]
    [InlineData("""{"name":"x","tags":[]}""")]
    [InlineData("""{"name":"x"}""")]
    public async Task A_repository_may_have_no_tags(string body)
    {
        Answer(body);
        Assert.Empty(await PagesAsync());
    }

    [Fact]
    public async Task All_at_once_is_one_page()
    {
        string[] tags = [.. Enumerable.Range(0, 100_000).Select(number => $"v{number}")];
        Answer(Json(tags));
        Assert.Equal(tags, Assert.Single(await PagesAsync()).Split(' '));
        Assert.Equal(1, _registry.Requests.Count);
    }

    [Fact]
    public async Task A_full_page_without_a_link_may_not_be_the_last()
    {
        string[] tags = [.. Enumerable.Range(0, 2001).Select(number => $"v{number:D4}")];
        Tag(tags);
        // The spec lets registries leave the header out.
        _registry.Faults.Add(new Fault { Path = "*/tags/list", Headers = { ["Link"] = "" } });
        Assert.Equal(tags, (await PagesAsync()).SelectMany(page => page.Split(' ')));
        Assert.Equal(3, _registry.Requests.Count);
        Assert.Equal("?n=1000&last=v1999", _registry.Requests.Snapshot()[^1].Query);
    }

    [Fact]
    public async Task A_registry_that_knows_no_last_sends_the_same_page_and_that_is_the_end()
    {
        string[] tags = [.. Enumerable.Range(0, 1000).Select(number => $"v{number}")];
        Answer(Json(tags));
        Assert.Equal(tags, Assert.Single(await PagesAsync()).Split(' '));
        Assert.Equal(2, _registry.Requests.Count);
    }

    [Fact]
    public async Task A_tag_in_two_pages_is_listed_once()
    {
        Answer(Json("a", "b"), link: "<?page=2>; rel=next", query: "?n=1000");
        Answer(Json("b", "c"), query: "?page=2");
        Assert.Equal(["a b", "c"], await PagesAsync());
    }

    [Fact]
    public async Task An_empty_page_may_lead_on()
    {
        Answer(Json(), link: "<?page=2>; rel=next", query: "?n=1000");
        Answer(Json("a"), query: "?page=2");
        Assert.Equal(["a"], await PagesAsync());
    }

    [Theory]
    [InlineData("<?n=1000>; rel=next")]
    [InlineData("</v2/x/tags/list?n=1000>; rel=\"next\"")]
    [InlineData("<?n=1000&always=new>; rel=next")]
    public async Task Pages_that_go_in_a_circle_are_an_error(string link)
    {
        Answer(Json("a", "b"), link);
        RegistryException fault = await RefusedAsync(RegistryFault.UnexpectedResponse);
        Assert.Contains("GET /v2/x/tags/list: the link to the next page leads back", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/v2/x/tags/list?last=a")]
    [InlineData("//example.com/v2/x/tags/list?last=a")]
    [InlineData("/v2/y/tags/list?last=a")]
    [InlineData("/v2/x/manifests/a")]
    [InlineData("/v2/x/tags/../../y/tags/list")]
    [InlineData("http://user:password@{host}/v2/x/tags/list?last=a")]
    [InlineData("ftp://{host}/v2/x/tags/list?last=a")]
    public async Task A_link_out_of_the_list_is_an_error(string target)
    {
        Answer(Json("a"), $"<{target.Replace("{host}", _registry.Host, StringComparison.Ordinal)}>; rel=next");
        RegistryException fault = await RefusedAsync(RegistryFault.UnexpectedResponse);
        Assert.Contains("the link to the next page leads elsewhere", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _registry.Requests.Count);
    }

    [Theory]
    [InlineData(401, RegistryFault.Unauthorized)]
    [InlineData(403, RegistryFault.Forbidden)]
    [InlineData(404, RegistryFault.NotFound)]
    [InlineData(429, RegistryFault.RateLimited)]
    [InlineData(500, RegistryFault.Unavailable)]
    public async Task A_refusal_is_the_same_fault_as_of_a_manifest(int status, RegistryFault fault)
    {
        _registry.Faults.Add(new Fault { Path = "*/tags/list", Status = status, Headers = { ["Retry-After"] = "0" } });
        RegistryException refusal = await RefusedAsync(fault);
        Assert.Contains($"source registry {_registry.Host}: GET /v2/x/tags/list: {status}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_404_where_no_registry_is_says_nothing_of_the_repository()
    {
        _registry.Faults.Add(new Fault { Status = 404, ContentType = "text/html", Body = "<html>" });
        await RefusedAsync(RegistryFault.NotARegistry);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", "text/html", "the list of tags is not JSON")]
    [InlineData("[]", "application/json", "the list of tags is not a JSON object")]
    [InlineData("""{"tags":{}}""", "application/json", "the list of tags is not an array")]
    [InlineData("""{"tags":[1]}""", "application/json", "the tag is not a string")]
    [InlineData("""{"tags":["a"],"TAGS":["b"]}""", "application/json", "ambiguous")]
    [InlineData("""{"tags":["a",""", "application/json", "not JSON")]
    public async Task What_is_no_list_of_tags_is_an_error(string body, string type, string words)
    {
        Answer(body, type: type);
        RegistryException fault = await RefusedAsync(RegistryFault.UnexpectedResponse);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_limits()
    {
        Tag("a", "b", "c", "d", "e");
        _registry.Options.TagsPageSize = 1;
        var limits = new RegistryLimits { TagPages = 3 };
        RegistryException pages = await RefusedAsync(RegistryFault.ResponseTooLarge, limits);
        Assert.Contains("the list has more than 3 pages", pages.Message, StringComparison.Ordinal);
        RegistryException tags = await RefusedAsync(RegistryFault.ResponseTooLarge, new RegistryLimits { Tags = 4 });
        Assert.Contains("the repository has more than 4 tags", tags.Message, StringComparison.Ordinal);
        _registry.Options.TagsPageSize = null;
        await RefusedAsync(RegistryFault.ResponseTooLarge, new RegistryLimits { Tags = 4 });
        await RefusedAsync(RegistryFault.ResponseTooLarge, new RegistryLimits { TagListSize = 10 });
    }

    [Fact]
    public async Task Listing_can_be_cancelled()
    {
        Tag("a");
        _registry.Faults.Add(new Fault { Path = "*/tags/list", HangForever = true });
        using var run = new Run();
        using var cancel = new CancellationTokenSource();
        Task<List<string>> pages = PagesAsync(run, cancel.Token);
        await Patience.UntilAsync(() => _registry.Requests.Count == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pages);
    }

    [Fact]
    public async Task What_is_no_tag_is_told_as_it_is()
    {
        Answer(Json("a", "../b", ""));
        Assert.Equal(["a ../b "], await PagesAsync());
    }

    private ImageReference Repository => ImageReference.Parse($"{_registry.Host}/x");

    private void Tag(params string[] tags) => Array.ForEach(tags, tag => _registry.Store.Tag("x", tag, "sha256:none"));

    private void Answer(string body, string? link = null, string type = "application/json", string query = "*")
    {
        var fault = new Fault { Path = $"*/tags/list{(query == "*" ? "" : query)}", Body = body, ContentType = type };
        if (link is not null) fault.Headers["Link"] = link;
        _registry.Faults.Add(fault);
    }

    private static string Json(params string[] tags)
    {
        var json = new StringBuilder("{\"name\":\"x\",\"tags\":[");
        return json.AppendJoin(',', tags.Select(tag => $"\"{tag}\"")).Append("]}").ToString();
    }

    private async Task<RegistryException> RefusedAsync(RegistryFault fault, RegistryLimits? limits = null)
    {
        using var run = new Run(MirrorValidate.Core.Tests.Registries.Run.Quick with { Limits = limits ?? new RegistryLimits() });
        RegistryException refusal =
            await Assert.ThrowsAsync<RegistryException>(() => PagesAsync(run, CancellationToken.None));
        Assert.Equal(fault, refusal.Fault);
        return refusal;
    }

    private async Task<List<string>> PagesAsync()
    {
        using var run = new Run();
        return await PagesAsync(run, CancellationToken.None);
    }

    private async Task<List<string>> PagesAsync(Run run, CancellationToken cancellationToken)
    {
        var pages = new List<string>();
        await foreach (IReadOnlyList<string> page in run.Source.ListTagsAsync(Repository, run.Context(), cancellationToken))
            pages.Add(string.Join(' ', page));
        return pages;
    }
}

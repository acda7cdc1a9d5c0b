using System.Globalization;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>What a run asks of a place once, what it asks again, and what it forgets.</summary>
public sealed class CachingImageReaderTests
{
    private static readonly ImageReference Tag = ImageReference.Parse("registry.example/team/app:1");
    private static readonly ImageReference Child = Tag.WithDigest(DigestOf(0));

    private readonly FakeReader _place = new();
    private readonly CachingImageReader _reader;
    private readonly RequestContext _context = new(NullLogSink.Instance);

    public CachingImageReaderTests() => _reader = new CachingImageReader(_place);

    public static TheoryData<string> Questions() => [.. Ask.Keys];

    private static Dictionary<string, Func<IImageReader, RequestContext, CancellationToken, Task>> Ask { get; } = new()
    {
        ["GET"] = (reader, context, token) => reader.GetManifestAsync(Child, context, token),
        ["HEAD"] = (reader, context, token) => reader.HeadManifestAsync(Child, context, token),
        ["FIND"] = (reader, context, token) => reader.FindBlobAsync(Tag, BlobOf(size: 1), context, token),
        ["HASH"] = (reader, context, token) => reader.HashBlobAsync(Tag, BlobOf(size: 1), context, token),
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Many_at_once_share_one_request_and_those_after_them_send_none(string question)
    {
        var gate = new TaskCompletionSource();
        Answer(() => gate.Task);
        Task[] all = [.. Enumerable.Range(0, 10).Select(_ => AskAsync(question))];
        gate.SetResult();
        await Task.WhenAll(all);
        await AskAsync(question);
        Assert.Equal([$"{question} {Child.Identifier}"], _place.Asked);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_failure_reaches_all_that_wait_and_is_not_kept(string question)
    {
        var gate = new TaskCompletionSource();
        Answer(() => gate.Task);
        Task[] all = [AskAsync(question), AskAsync(question)];
        var fault = new RegistryException(RegistryFault.Unavailable, "down");
        gate.SetException(fault);
        foreach (Task one in all) Assert.Same(fault, await Assert.ThrowsAsync<RegistryException>(() => one));
        Assert.Single(_place.Asked);
        Answer(() => Task.CompletedTask);
        await AskAsync(question);
        Assert.Equal(2, _place.Asked.Count);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Where_the_one_that_asked_ran_out_of_time_the_others_ask_themselves(string question)
    {
        var gate = new TaskCompletionSource();
        Answer(() => gate.Task);
        Task first = AskAsync(question);
        Task second = AskAsync(question);
        Answer(() => Task.CompletedTask);
        gate.SetException(new RegistryException(RegistryFault.TimedOut, "no answer"));
        await Assert.ThrowsAsync<RegistryException>(() => first);
        await second;
        Assert.Equal(2, _place.Asked.Count);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Where_the_one_that_asked_was_cancelled_the_others_ask_themselves(string question)
    {
        var gate = new TaskCompletionSource();
        Answer(() => gate.Task);
        Task first = AskAsync(question);
        Task second = AskAsync(question);
        Answer(() => Task.CompletedTask);
        gate.SetCanceled();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await second;
        Assert.Equal(2, _place.Asked.Count);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task One_that_waits_waits_no_longer_than_its_own_time(string question)
    {
        var gate = new TaskCompletionSource();
        Answer(() => gate.Task);
        Task first = AskAsync(question);
        var late = new RegistryException(RegistryFault.TimedOut, "no time left");
        Answer(() => Task.FromException(late));
        var context = new RequestContext(NullLogSink.Instance, TimeSpan.Zero);
        Task second = Ask[question](_reader, context, CancellationToken.None);
        Assert.Same(late, await Assert.ThrowsAsync<RegistryException>(() => second));
        gate.SetResult();
        await first;
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task One_that_waits_can_be_cancelled_alone(string question)
    {
        var gate = new TaskCompletionSource();
        Answer(() => gate.Task);
        Task first = AskAsync(question);
        using var cancellation = new CancellationTokenSource();
        Task second = Ask[question](_reader, _context, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        await first;
        Assert.Single(_place.Asked);
    }

    [Fact]
    public async Task The_contents_of_manifests_are_bounded_and_the_oldest_are_forgotten()
    {
        _place.Get = reference => Task.FromResult(FakeReader.ManifestOf(reference, size: 1024 * 1024));
        for (int i = 0; i < 8; i++) await GetAsync(Tag.WithDigest(DigestOf(i)));
        await GetAsync(Tag.WithDigest(DigestOf(7)));
        Assert.Equal(8, _place.Asked.Count);
        await GetAsync(Tag.WithDigest(DigestOf(0)));
        Assert.Equal(9, _place.Asked.Count);
    }

    [Fact]
    public async Task A_manifest_that_is_asked_for_again_and_again_is_kept()
    {
        _place.Get = reference => Task.FromResult(FakeReader.ManifestOf(reference, size: 1024 * 1024));
        await GetAsync(Child);
        for (int i = 1; i < 20; i++)
        {
            await GetAsync(Tag.WithDigest(DigestOf(i)));
            await GetAsync(Child);
        }

        Assert.Single(_place.Asked, $"GET {Child.Identifier}");
    }

    [Fact]
    public async Task The_manifest_that_a_check_had_to_read_is_there_for_the_next()
    {
        RefuseHead();
        await _reader.CheckManifestAsync(Child, _context, CancellationToken.None);
        await GetAsync(Child);
        Assert.Equal([$"HEAD {Child.Identifier}", $"GET {Child.Identifier}"], _place.Asked);
    }

    [Fact]
    public async Task A_check_that_had_to_read_costs_nothing_again_when_the_content_is_forgotten()
    {
        RefuseHead();
        await _reader.CheckManifestAsync(Child, _context, CancellationToken.None);
        _place.Get = reference => Task.FromResult(FakeReader.ManifestOf(reference, size: 1024 * 1024));
        for (int i = 1; i < 9; i++) await GetAsync(Tag.WithDigest(DigestOf(i)));
        int asked = _place.Asked.Count;
        await _reader.CheckManifestAsync(Child, _context, CancellationToken.None);
        Assert.Equal(asked, _place.Asked.Count);
    }

    [Fact]
    public async Task A_manifest_that_was_read_by_digest_needs_no_check()
    {
        await GetAsync(Child);
        await _reader.CheckManifestAsync(Child, _context, CancellationToken.None);
        Assert.Equal([$"GET {Child.Identifier}"], _place.Asked);
    }

    [Fact]
    public async Task A_manifest_that_was_read_by_tag_says_nothing_of_where_the_tag_points()
    {
        await GetAsync(Tag);
        await _reader.HeadManifestAsync(Tag, _context, CancellationToken.None);
        Assert.Equal(["GET 1", "HEAD 1"], _place.Asked);
    }

    [Fact]
    public async Task Another_repository_or_registry_is_another_place()
    {
        string[] names = ["registry.example/team/app", "registry.example/team/other", "registry.example:5000/team/app"];
        foreach (string name in names) await GetAsync(ImageReference.Parse($"{name}@{Child.Identifier}"));
        Assert.Equal(3, _place.Asked.Count);
    }

    [Fact]
    public async Task Descriptors_of_another_size_are_looked_at_on_their_own()
    {
        _place.Blob = blob =>
            Task.FromResult(blob.Size == 1 ? BlobState.Present : BlobState.OtherSize(actual: 1, expected: blob.Size));
        foreach (int size in new[] { 1, 2, 1, 2 })
        {
            BlobState state = await _reader.FindBlobAsync(Tag, BlobOf(size), _context, CancellationToken.None);
            Assert.Equal(size == 1 ? BlobProblem.None : BlobProblem.Size, state.Problem);
        }

        Assert.Equal(2, _place.Asked.Count);
    }

    [Fact]
    public async Task A_blob_that_exists_is_not_hashed_by_that()
    {
        await AskAsync("FIND");
        await AskAsync("HASH");
        Assert.Equal([$"FIND {Child.Identifier}", $"HASH {Child.Identifier}"], _place.Asked);
    }

    [Fact]
    public async Task Configs_referrers_and_what_the_place_is_like_come_from_the_place()
    {
        for (int i = 0; i < 2; i++)
        {
            await _reader.GetConfigAsync(Tag, BlobOf(size: 1), _context, CancellationToken.None);
            await _reader.GetReferrersAsync(Child, _context, CancellationToken.None);
        }

        Assert.Equal(4, _place.Asked.Count);
        Assert.Same(_place.Limits, _reader.Limits);
        Assert.True(_reader.LimitsPulls(ImageReference.Parse("nginx")));
        Assert.False(_reader.LimitsPulls(Tag));
    }

    private static Digest DigestOf(int number) =>
        Digest.Parse("sha256:" + number.ToString("x64", CultureInfo.InvariantCulture));

    private static Descriptor BlobOf(long size) => new("application/vnd.example", DigestOf(0), size);

    private Task AskAsync(string question) => Ask[question](_reader, _context, CancellationToken.None);

    private Task<Manifest> GetAsync(ImageReference reference) =>
        _reader.GetManifestAsync(reference, _context, CancellationToken.None);

    private void RefuseHead() => _place.Head = _ => Task.FromResult(new ManifestHead("", ""));

    // Good answers to every question, each after what a test waits for.
    private void Answer(Func<Task> wait)
    {
        _place.Get = async reference =>
        {
            await wait();
            return FakeReader.ManifestOf(reference, size: 10);
        };
        _place.Head = async reference =>
        {
            await wait();
            return new ManifestHead(reference.Identifier, MediaTypes.OciManifest);
        };
        _place.Blob = async _ =>
        {
            await wait();
            return BlobState.Present;
        };
    }
}

using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What a run does not ask twice, and what it does not pull where pulls are limited.</summary>
public sealed class EconomyTests
{
    [Fact]
    public async Task The_same_image_again_costs_nothing()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        using var run = new EconomyRun();
        MirrorImageResult first = await run.ValidateAsync(mirror.Line);
        MirrorImageResult again = await run.ValidateAsync(mirror.Line);
        ResultAssert.Passed(first);
        ResultAssert.Passed(again);
        Assert.Equal(4, first.RequestCount);
        Assert.Equal(0, again.RequestCount);
        Assert.Equal(first.DestinationDigest, again.DestinationDigest);
    }

    [Fact]
    public async Task Many_at_once_are_asked_for_once()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        using var run = new EconomyRun();
        MirrorImageResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => run.ValidateAsync(mirror.Line)));
        Assert.All(results, ResultAssert.Passed);
        Assert.Equal(4, mirror.Source.Requests.Count + mirror.Destination.Requests.Count);
        Assert.Equal(4, results.Sum(result => result.RequestCount));
    }

    [Fact]
    public async Task Children_of_two_tags_are_looked_for_once()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Image.PutInto(mirror.Source.Store, Mirror.Repository, "latest");
        mirror.Image.PutInto(mirror.Destination.Store, Mirror.Repository, "latest");
        using var run = new EconomyRun();
        ResultAssert.Passed(await run.ValidateAsync(mirror.Line));
        MirrorImageResult second = await run.ValidateAsync(mirror.Line[..^1] + "latest");
        ResultAssert.Passed(second);
        Assert.Equal(2, second.RequestCount);
    }

    [Fact]
    public async Task The_same_digest_in_another_repository_is_looked_for_there()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Put(mirror.Image, "team/other");
        using var run = new EconomyRun();
        ResultAssert.Passed(await run.ValidateAsync(mirror.Line));
        mirror.Destination.Faults.Add(new Fault { Method = "HEAD", Path = "/v2/team/other/manifests/*", Status = 404 });
        mirror.Destination.Faults.Add(new Fault { Path = "/v2/team/other/manifests/sha256:*", Status = 404 });
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image", await run.ValidateAsync(mirror.LineOf("team/other")));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, Status = 404, Times = 1 });
        using var run = new EconomyRun();
        ResultAssert.Failed(ValidationReason.DestinationNotFound, "destination manifest does not exists", await run.ValidateAsync(mirror.Line));
        ResultAssert.Passed(await run.ValidateAsync(mirror.Line));
    }

    [Fact]
    public async Task Who_waits_for_one_that_gives_up_asks_again()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Destination.Faults.Add(new Fault { Path = Mirror.Manifest, HangForever = true, Times = 1 });
        using var run = new EconomyRun();
        using var cancellation = new CancellationTokenSource();
        Task<MirrorImageResult> first = run.ValidateAsync(mirror.Line, cancellation.Token);
        await Patience.UntilAsync(() => mirror.Destination.Requests.Concurrency > 0);
        Task<MirrorImageResult> second = run.ValidateAsync(mirror.Line);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        ResultAssert.Passed(await second);
    }

    [Fact]
    public async Task Where_pulls_are_limited_good_images_cost_none()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        var limit = new PullRateLimit { Limit = 100 };
        mirror.Source.Options.PullRateLimit = limit;
        using var run = new EconomyRun();
        // What the registry limits it says in its first answer.
        ResultAssert.Passed(await run.ValidateAsync(mirror.Line));
        Assert.Equal(99, limit.Remaining);
        Assert.Contains("99 of 100 pulls left in 6 h", run.Log.Text, StringComparison.Ordinal);
        for (int i = 0; i < 3; i++)
        {
            mirror.Put(SampleImages.OciIndex($"image {i}"), $"team/app{i}");
            MirrorImageResult result = await run.ValidateAsync(mirror.LineOf($"team/app{i}"));
            ResultAssert.Passed(result);
            Assert.Equal(4, result.RequestCount);
            Assert.Equal(result.DestinationDigest, result.SourceDigest);
            Assert.Equal(2, result.SourceSpec.Count);
        }

        Assert.Equal(99, limit.Remaining);
    }

    [Fact]
    public async Task Where_pulls_are_limited_what_differs_is_pulled_and_told_as_ever()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Source.Options.PullRateLimit = new PullRateLimit();
        using var run = new EconomyRun();
        ResultAssert.Passed(await run.ValidateAsync(mirror.Line));
        SampleImages.OciIndex("one").PutInto(mirror.Source.Store, "team/moved", "1");
        SampleImages.OciIndex("two").PutInto(mirror.Destination.Store, "team/moved", "1");
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest ", await run.ValidateAsync(mirror.LineOf("team/moved")));
        ResultAssert.Error(ValidationReason.SourceNotFound, "source manifest does not exists", await run.ValidateAsync(mirror.LineOf("team/none")));
    }

    [Fact]
    public async Task Where_pulls_are_limited_an_answer_of_another_type_proves_nothing()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Source.Options.PullRateLimit = new PullRateLimit();
        using var run = new EconomyRun();
        ResultAssert.Passed(await run.ValidateAsync(mirror.Line));
        mirror.Put(SampleImages.OciIndex("typed"), "team/typed");
        mirror.Source.Faults.Add(new Fault { Path = "/v2/team/typed/manifests/1", ContentType = "application/vnd.docker.distribution.manifest.list.v2+json" });
        ResultAssert.Error(ValidationReason.MalformedManifest, "its Content-Type", await run.ValidateAsync(mirror.LineOf("team/typed")));
    }

    /// <summary>A run with one validator, as a cmdlet has it.</summary>
    private sealed class EconomyRun : IDisposable
    {
        private readonly Run _run = new(new RegistryOptions { MaximumRetryCount = 0, CertificateDirectories = [] });
        private readonly MirrorValidator _validator;

        internal EconomyRun() => _validator = new MirrorValidator(
            new CachingImageReader(_run.Source), new CachingImageReader(_run.Destination), _run.Validation, _run.Log);

        internal CapturedLog Log => _run.Log;

        internal Task<MirrorImageResult> ValidateAsync(string line, CancellationToken cancellationToken = default) =>
            _validator.ValidateAsync(ImageListEntry.Read(1, new ImageListLine(line, 1, Path: null)), cancellationToken);

        public void Dispose() => _run.Dispose();
    }
}

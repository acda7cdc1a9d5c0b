using System.Text;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>Which referrers a place lists, by the list that it keeps and by the tag that stands in for it.</summary>
public sealed class ReferrerListingTests
{
    private const string Sbom = "application/spdx+json";

    private static readonly Digest One = Digest.Of("sha256", "one"u8);
    private static readonly Digest Two = Digest.Of("sha256", "two"u8);
    private static readonly Digest Three = Digest.Of("sha256", "three"u8);
    private static readonly ImageReference Image = ImageReference.Parse("registry.example/team/app:1");
    private static readonly ImageReference Subject = Image.WithDigest(One);
    private static readonly string Tag = $"sha256-{One.Encoded}";

    private readonly FakeReader _place = new();
    private readonly RequestContext _context = new(NullLogSink.Instance);

    [Fact]
    public async Task A_list_with_all_that_are_expected_is_enough()
    {
        _place.Referrers = [Entry(One), Entry(Two)];
        Assert.Equal([One, Two], await ListAsync());
        Assert.Equal([Two], await FindAsync(Two));
        Assert.Equal([$"REFERRERS {One}", $"REFERRERS {One}"], _place.Asked);
    }

    [Fact]
    public async Task A_list_that_lacks_an_expected_referrer_is_completed_by_the_tag()
    {
        _place.Referrers = [Entry(Two)];
        _place.Get = _ => Task.FromResult<Manifest>(IndexOf(Entry(Three)));
        Assert.Equal([Two, Three], await FindAsync(Two, Three));
        Assert.Equal([$"REFERRERS {One}", $"GET {Tag}"], _place.Asked);
    }

    [Fact]
    public async Task Where_no_list_is_kept_the_tag_lists()
    {
        _place.Referrers = null;
        _place.Get = _ => Task.FromResult<Manifest>(IndexOf(Entry(Two)));
        Assert.Equal([Two], await ListAsync());
        Assert.Equal([Two], await FindAsync(Two, Three));
        _place.Get = _ => throw NotFound;
        Assert.Empty(await ListAsync());
        Assert.Empty(await FindAsync(Two));
        Assert.Equal(8, _place.Asked.Count);
    }

    [Fact]
    public async Task A_tag_that_is_an_image_or_the_subject_lists_nothing()
    {
        _place.Referrers = null;
        Assert.Empty(await ListAsync());
        byte[] content = "{}"u8.ToArray();
        ImageReference subject = Image.WithDigest(Digest.Of("sha512", content));
        _place.Get = _ => Task.FromResult<Manifest>(IndexOf(Entry(Two)) with { Content = content });
        Assert.Empty(await _place.ListReferrersAsync(subject, _context, CancellationToken.None));
        Assert.Equal([Two], await ListAsync());
    }

    [Fact]
    public async Task An_entry_that_does_not_say_what_it_is_counts_by_the_subject_of_its_manifest()
    {
        Answer(
            IndexOf(Entry(Two, null), Entry(Three, "application/vnd.oci.empty.v1+json"), Entry(One, MediaTypes.OciConfig)),
            (Two, $$$"""{"subject":{"digest":"{{{One}}}"}}"""),
            (Three, $$$"""{"subject":{"digest":"{{{Two}}}"}}"""),
            (One, """{"subject":5}"""));
        Assert.Equal([Two], await ListAsync());
    }

    [Fact]
    public async Task An_entry_that_is_no_manifest_is_no_referrer()
    {
        Answer(IndexOf(Entry(Two, null), Entry(Three)));
        Assert.Equal([Three], await ListAsync());
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_leaves_the_list_unknown()
    {
        Answer(IndexOf(Entry(Two, null)));
        Func<ImageReference, Task<Manifest>> answer = _place.Get;
        _place.Get = reference => reference.Digest is null
            ? answer(reference)
            : throw new RegistryException(RegistryFault.Forbidden, "403");
        RegistryException e = await Assert.ThrowsAsync<RegistryException>(ListAsync);
        Assert.Equal(RegistryFault.Forbidden, e.Fault);
        Assert.Empty(await FindAsync(Three));
    }

    [Fact]
    public async Task A_tag_of_too_many_entries_that_do_not_say_what_they_are_is_not_read()
    {
        Answer(IndexOf([.. Enumerable.Range(0, 1001).Select(i => Entry(Digest.Of("sha256", Encoding.UTF8.GetBytes($"{i}")), null))]));
        RegistryException e = await Assert.ThrowsAsync<RegistryException>(ListAsync);
        Assert.Equal(RegistryFault.ResponseTooLarge, e.Fault);
        Assert.Contains("more than 1000 entries", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tag_is_cut_as_the_specification_says()
    {
        _place.Referrers = null;
        Digest digest = Digest.Of("sha512", "one"u8);
        await _place.ListReferrersAsync(Image.WithDigest(digest), _context, CancellationToken.None);
        Assert.Equal($"GET sha512-{digest.Encoded[..64]}", _place.Asked[1]);
    }

    private static RegistryException NotFound => new(RegistryFault.NotFound, "404");

    private static Descriptor Entry(Digest digest, string? artifactType = Sbom) =>
        new(MediaTypes.OciManifest, digest, 1) { ArtifactType = artifactType };

    private static ManifestIndex IndexOf(params Descriptor[] entries) => new(MediaTypes.OciIndex, Three, default, entries);

    // A place without a list: the tag, and manifests by digest.
    private void Answer(ManifestIndex tag, params (Digest Digest, string Json)[] manifests)
    {
        _place.Referrers = null;
        _place.Get = reference =>
        {
            if (reference.Digest is null) return Task.FromResult<Manifest>(tag);
            string json = manifests.FirstOrDefault(one => one.Digest == reference.Digest).Json ?? throw NotFound;
            return Task.FromResult<Manifest>(
                new UnknownManifest("application/vnd.example", reference.Digest, Encoding.UTF8.GetBytes(json)));
        };
    }

    private async Task<Digest[]> ListAsync() =>
    [
        .. (await _place.ListReferrersAsync(Subject, _context, CancellationToken.None))
            .Select(referrer => referrer.Digest),
    ];

    private async Task<Digest[]> FindAsync(params Digest[] expected)
    {
        IReadOnlySet<Digest> found =
            await _place.FindReferrersAsync(Subject, expected, _context, CancellationToken.None);
        return [.. expected.Where(found.Contains)];
    }
}

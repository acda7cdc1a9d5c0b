using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>What any place answers through the few things that it can do.</summary>
public sealed class ImageReaderExtensionsTests
{
    private static readonly Digest One = Digest.Of("sha256", "one"u8);
    private static readonly Digest Two = Digest.Of("sha256", "two"u8);
    private static readonly ImageReference Tag = ImageReference.Parse("registry.example/team/app:1");
    private static readonly ImageReference Subject = Tag.WithDigest(One);

    private readonly FakeReader _place = new();
    private readonly RequestContext _context = new(NullLogSink.Instance);

    public static TheoryData<string, string, bool> Heads() => new()
    {
        { One.ToString(), "", true },
        { One.ToString(), MediaTypes.OciManifest, true },
        { "", MediaTypes.OciManifest, true },
        { "", "", false },
        { "", "text/html", false },
        { Two.ToString(), MediaTypes.OciManifest, false },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task A_manifest_is_read_where_its_head_does_not_show_it(string digest, string mediaType, bool shows)
    {
        _place.Head = _ => Task.FromResult(new ManifestHead(digest, mediaType));
        await _place.CheckManifestAsync(Subject, _context, CancellationToken.None);
        Assert.Equal(shows ? [$"HEAD {One}"] : [$"HEAD {One}", $"GET {One}"], _place.Asked);
    }

    [Fact]
    public async Task Only_a_manifest_that_does_not_exist_is_none()
    {
        _place.Get = _ => throw new RegistryException(RegistryFault.NotFound, "404");
        Assert.Null(await _place.FindManifestAsync(Tag, _context, CancellationToken.None));
        _place.Get = _ => throw new RegistryException(RegistryFault.Forbidden, "403");
        await Assert.ThrowsAsync<RegistryException>(
            () => _place.FindManifestAsync(Tag, _context, CancellationToken.None));
    }

    [Fact]
    public async Task A_tag_that_points_to_another_digest_than_expected_is_read_before_that_is_believed()
    {
        _place.Head = _ => Task.FromResult(new ManifestHead(One.ToString(), ""));
        Assert.Equal(One, await ResolveAsync(One));
        Assert.Equal(["HEAD 1"], _place.Asked);
        _place.Get = _ => Task.FromResult(FakeReader.ManifestOf(Tag.WithDigest(One), size: 10));
        Assert.Equal(One, await ResolveAsync(Two));
        Assert.Equal(["HEAD 1", "HEAD 1", "GET 1"], _place.Asked);
    }

    [Fact]
    public async Task A_tag_is_resolved_in_the_algorithm_that_is_expected()
    {
        byte[] content = """{"schemaVersion":2,"manifests":[]}"""u8.ToArray();
        Manifest index = ManifestReader.Read(content, MediaTypes.OciIndex);
        _place.Get = _ => Task.FromResult(index);
        Assert.Equal(Digest.Of("sha512", content), await ResolveAsync(Digest.Of("sha512", "other"u8)));
    }

    private Task<Digest> ResolveAsync(Digest expected) =>
        _place.ResolveTagAsync(Tag, expected, _context, CancellationToken.None);
}

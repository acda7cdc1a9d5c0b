using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>How registries without a referrers API answer to it.</summary>
public sealed class ReferrersApiTests
{
    private const string Sbom = "application/spdx+json";

    private static readonly BuiltManifest List = SampleImages.OciIndex("s");

    public static TheoryData<int, string?, string?> NoApi() => new()
    {
        { 400, null, null },
        { 404, null, null },
        { 405, null, null },
        { 406, null, null },
        { 501, null, null },
        { 404, "text/html", "<html>Not found</html>" },
        { 200, "text/html", "<html>Sign in</html>" },
        { 200, "text/html; charset=utf-8", "" },
        { 200, "text/plain", "no such page" },
        { 200, "application/octet-stream", "\uFEFF\r\n <!DOCTYPE html>" },
        { 200, "application/json", "<html/>" },
    };

    [Theory]
    [MemberData(nameof(NoApi))]
    public async Task Where_there_is_no_API_the_tag_is_asked_on_either_side(int status, string? type, string? body)
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, Sbom);
        BuiltManifest tag = new IndexBuilder(ImageFormat.Oci).Add(referrer).Build();
        await using MirrorPair pair = await StartAsync();
        foreach (RegistrySide side in new[] { RegistrySide.Source, RegistrySide.Destination })
        {
            pair.Of(side).Faults.Add(
                new Fault { Path = "*/referrers/*", Status = status, ContentType = type, Body = body });
        }

        ResultAssert.Passed(await pair.ValidateAsync());
        tag.PutInto(pair.Source.Store, MirrorPair.SourceRepository, Tag(List));
        ResultAssert.Failed(ValidationReason.SbomMissing, "destination lacks", await pair.ValidateAsync());
        tag.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, Tag(List));
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_later_page_that_is_refused_is_an_error()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.ReferrersPageSize = 1;
        ArtifactBuilder.Referrer(List, Sbom, "1").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        ArtifactBuilder.Referrer(List, Sbom, "2").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        pair.Source.Faults.Add(new Fault { Path = "*/referrers/*?skip=*", Status = 400 });
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "/referrers/", await pair.ValidateAsync());
    }

    private static async Task<MirrorPair> StartAsync()
    {
        MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.With = options => options with { IncludeReferrer = true };
        return pair;
    }

    private static string Tag(BuiltManifest subject) => subject.Digest.Replace(':', '-');
}

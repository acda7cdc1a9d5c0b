using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What refers to what was compared, with -IncludeReferrer.</summary>
public sealed class ReferrerTests
{
    private static readonly BuiltManifest List = SampleImages.OciIndex("s");
    private static readonly BuiltManifest Amd64 = List.Children[0];

    public static TheoryData<string, ValidationReason, string> Types() => new()
    {
        { "application/vnd.dev.cosign.artifact.sig.v1+json", ValidationReason.SignatureMissing, "signature" },
        { "application/vnd.cncf.notary.signature", ValidationReason.SignatureMissing, "signature" },
        { "application/vnd.dev.sigstore.bundle.v0.3+json", ValidationReason.SignatureMissing, "signature" },
        { "application/vnd.in-toto+json", ValidationReason.AttestationMissing, "attestation" },
        { "application/spdx+json", ValidationReason.SbomMissing, "SBOM" },
        { "application/vnd.cyclonedx+json", ValidationReason.SbomMissing, "SBOM" },
        { "application/vnd.syft+json", ValidationReason.SbomMissing, "SBOM" },
        { "application/vnd.example.report", ValidationReason.ReferrerMissing, "referrer" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_referrer_that_is_missing_is_told_as_what_it_is(
        string type, ValidationReason reason, string thing)
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(Amd64, type);
        await using MirrorPair pair = await StartAsync();
        referrer.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(
            reason, $"destination lacks what belongs to the source: [{thing} linux/amd64 {referrer.Digest}]", result);
        Assert.Equal([$"{reason}|linux/amd64|{referrer.Digest}|"], DifferenceTests.Told(result));
        Assert.Contains("oras copy --recursive", result.Differences[0].Remedy, StringComparison.Ordinal);
        Assert.Contains("regctl image copy --referrers", result.Differences[0].Remedy, StringComparison.Ordinal);
        Assert.Equal(reason == ValidationReason.ReferrerMissing, result.Differences[0].Explanation.Contains(type, StringComparison.Ordinal));

        referrer.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, null);
        ResultAssert.Passed(await pair.ValidateAsync());
        pair.With = options => options;
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, referrer.Digest);
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_referrer_whose_type_cannot_be_learned_is_told_as_that()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Faults.Add(new Fault
        {
            Path = $"*/referrers/{Amd64.Digest}",
            Status = 200,
            ContentType = RegistryMediaTypes.OciIndex,
            Body = $$"""
                {"schemaVersion":2,"manifests":[
                {"mediaType":"{{RegistryMediaTypes.OciManifest}}","digest":"sha256:{{new string('0', 64)}}","size":2}]}
                """,
        });
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal(nameof(ValidationReason.ReferrerMissing), result.Reason);
        Assert.StartsWith(
            "An artifact of type unknown refers to", result.Differences[0].Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_tag_stands_in_for_the_API_on_either_side(bool sourceHasApi, bool destinationHasApi)
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, "application/spdx+json");
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.Referrers = sourceHasApi;
        pair.Destination.Options.Referrers = destinationHasApi;
        Put(pair, RegistrySide.Source, List, referrer);
        ResultAssert.Failed(ValidationReason.SbomMissing, "destination lacks", await pair.ValidateAsync());
        Put(pair, RegistrySide.Destination, List, referrer, ArtifactBuilder.Referrer(List, "application/spdx+json", "more"));
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task What_was_pushed_before_the_destination_had_the_API_is_found_under_the_tag()
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, "application/spdx+json");
        await using MirrorPair pair = await StartAsync();
        referrer.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        Put(pair, RegistrySide.Destination, List, referrer);
        pair.Destination.Faults.Add(new Fault { Path = "*/referrers/*", Status = 200, ContentType = RegistryMediaTypes.OciIndex, Body = """{"schemaVersion":2,"manifests":[]}""" });
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_referrer_that_is_listed_must_be_there()
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, "application/spdx+json");
        await using MirrorPair pair = await StartAsync();
        pair.Destination.Options.Referrers = false;
        Put(pair, RegistrySide.Source, List, referrer);
        Put(pair, RegistrySide.Destination, List, referrer);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, referrer.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.SbomMissing, "destination lacks", result);
        Assert.Contains("lists it", Assert.Single(result.Differences).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_pages_are_read()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.ReferrersPageSize = 2;
        pair.Destination.Options.ReferrersPageSize = 3;
        BuiltManifest[] referrers = [.. Enumerable.Range(0, 7).Select(i => ArtifactBuilder.Referrer(Amd64, "application/vnd.example", $"{i}"))];
        foreach (BuiltManifest referrer in referrers)
        {
            referrer.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
            referrer.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, null);
        }

        ResultAssert.Passed(await pair.ValidateAsync());
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, referrers[6].Digest);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, referrers[3].Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.ReferrerMissing, "destination lacks", result);
        Assert.Equal(
            new[] { referrers[3].Digest, referrers[6].Digest }.Order(StringComparer.Ordinal),
            result.Differences.Select(difference => difference.Source).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_without_an_end_are_not_read()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Options = pair.Options with { Limits = new RegistryLimits { ReferrerPages = 3 } };
        pair.Source.Options.ReferrersPageSize = 1;
        for (int i = 0; i < 5; i++) ArtifactBuilder.Referrer(Amd64, "application/vnd.example", $"{i}").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        ResultAssert.Error(ValidationReason.ResponseTooLarge, "3 pages", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("<http://169.254.169.254/v2/library/app/referrers/sha256:0>; rel=\"next\"", "leads elsewhere")]
    [InlineData("</v2/other/app/referrers/sha256:0>; rel=\"next\"", "leads elsewhere")]
    [InlineData("</v2/library/app/../../../secret>; rel=next", "leads elsewhere")]
    [InlineData("<?a=b>; rel=\"prev next\"", "leads back")]
    public async Task A_page_elsewhere_or_in_a_circle_is_not_followed(string link, string words)
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Faults.Add(new Fault
        {
            Path = "*/referrers/*",
            Status = 200,
            ContentType = RegistryMediaTypes.OciIndex,
            Body = """{"schemaVersion":2,"manifests":[]}""",
            Headers = { ["Link"] = link },
        });
        ResultAssert.Error(ValidationReason.UnexpectedResponse, words, await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("<?a=1>; rel=\"prev\"")]
    [InlineData("nonsense")]
    [InlineData("<?a=1>")]
    public async Task Other_links_are_no_pages(string link)
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Faults.Add(new Fault
        {
            Path = "*/referrers/*",
            Status = 200,
            ContentType = RegistryMediaTypes.OciIndex,
            Body = """{"schemaVersion":2,"manifests":[]}""",
            Headers = { ["Link"] = link },
        });
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source), 401, ValidationReason.Unauthorized)]
    [InlineData(nameof(RegistrySide.Source), 500, ValidationReason.RegistryUnavailable)]
    [InlineData(nameof(RegistrySide.Destination), 403, ValidationReason.Forbidden)]
    [InlineData(nameof(RegistrySide.Destination), 503, ValidationReason.RegistryUnavailable)]
    public async Task What_could_not_be_looked_at_is_never_missing(string sideName, int status, ValidationReason reason)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await StartAsync();
        ArtifactBuilder.Referrer(Amd64, "application/spdx+json").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        pair.Of(side).Faults.Add(new Fault { Path = "*/referrers/*", Status = status });
        ResultAssert.Error(reason, "/referrers/", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("application/vnd.oci.image.index.v1+json", "[", ValidationReason.MalformedManifest)]
    [InlineData("application/vnd.docker.distribution.manifest.list.v2+json", """{"manifests":[]}""", ValidationReason.UnexpectedResponse)]
    [InlineData("application/json", "{}", ValidationReason.UnexpectedResponse)]
    public async Task What_is_no_index_lists_nothing(string type, string body, ValidationReason reason)
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Faults.Add(new Fault { Path = "*/referrers/*", Status = 200, ContentType = type, Body = body });
        ResultAssert.Error(reason, "/referrers/", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("sig", ValidationReason.SignatureMissing)]
    [InlineData("att", ValidationReason.AttestationMissing)]
    [InlineData("sbom", ValidationReason.SbomMissing)]
    public async Task The_tags_of_cosign_are_looked_for(string suffix, ValidationReason reason)
    {
        BuiltManifest signature = ArtifactBuilder.CosignSignature(List);
        await using MirrorPair pair = await StartAsync();
        signature.PutInto(pair.Source.Store, MirrorPair.SourceRepository, ArtifactBuilder.CosignTag(List, suffix));
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(reason, "destination lacks", result);
        Assert.Equal([$"{reason}||{signature.Digest}|"], DifferenceTests.Told(result));
        Assert.Contains("regctl image copy --digest-tags", result.Differences[0].Remedy, StringComparison.Ordinal);

        BuiltManifest other = ArtifactBuilder.CosignSignature(List, "other");
        other.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, ArtifactBuilder.CosignTag(List, suffix));
        Assert.Equal([$"{reason}||{signature.Digest}|{other.Digest}"], DifferenceTests.Told(await pair.ValidateAsync()));

        signature.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, ArtifactBuilder.CosignTag(List, suffix));
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task More_signatures_at_the_destination_are_no_failure()
    {
        BuiltManifest one = ArtifactBuilder.CosignSignature(List);
        BuiltManifest two = new ArtifactBuilder { Config = one.Blobs[0], Layers = [one.Blobs[1], ArtifactBuilder.CosignSignature(List, "two").Blobs[1]] }.Build();
        await using MirrorPair pair = await StartAsync();
        one.PutInto(pair.Source.Store, MirrorPair.SourceRepository, ArtifactBuilder.CosignTag(List));
        two.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, ArtifactBuilder.CosignTag(List));
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task What_refers_to_images_that_were_not_compared_may_be_missing()
    {
        await using MirrorPair pair = await StartAsync();
        ArtifactBuilder.Referrer(List.Children[3], "application/spdx+json").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(nameof(ValidationReason.SbomMissing), (await pair.ValidateAsync(architectures: "*")).Reason);
    }

    [Fact]
    public async Task The_gravest_is_the_reason_and_all_are_told()
    {
        await using MirrorPair pair = await StartAsync();
        ArtifactBuilder.Referrer(List, "application/vnd.example").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        ArtifactBuilder.Referrer(Amd64, "application/spdx+json").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        ArtifactBuilder.CosignSignature(Amd64).PutInto(pair.Source.Store, MirrorPair.SourceRepository, ArtifactBuilder.CosignTag(Amd64));
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.SignatureMissing, "destination lacks what belongs to the source: [referrer sha256:", result);
        Assert.Equal(["ReferrerMissing", "SbomMissing linux/amd64", "SignatureMissing linux/amd64"], result.Differences.Select(one => $"{one.Kind} {one.Platform}".TrimEnd()));
    }

    [Fact]
    public async Task What_refers_to_a_chart_is_looked_for()
    {
        BuiltManifest chart = ArtifactBuilder.HelmChart("s");
        await using MirrorPair pair = await StartAsync(chart);
        ArtifactBuilder.Referrer(chart, "application/vnd.cncf.notary.signature").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        Assert.Equal(nameof(ValidationReason.SignatureMissing), (await pair.ValidateAsync()).Reason);
    }

    private static async Task<MirrorPair> StartAsync(BuiltManifest? image = null)
    {
        MirrorPair pair = await MirrorPair.StartAsync(image ?? List);
        pair.With = options => options with { IncludeReferrer = true };
        return pair;
    }

    // As clients do it where there is no API: the referrer, and the tag that lists it.
    private static void Put(MirrorPair pair, RegistrySide side, BuiltManifest subject, params BuiltManifest[] referrers)
    {
        var index = new IndexBuilder(ImageFormat.Oci);
        foreach (BuiltManifest referrer in referrers) index.Add(referrer);
        BuiltManifest listed = index.Build();
        string json = Encoding.UTF8.GetString(listed.Content.Span).Replace("\"digest\"", "\"artifactType\": \"application/spdx+json\", \"digest\"", StringComparison.Ordinal);
        new BuiltManifest(listed.MediaType, Encoding.UTF8.GetBytes(json)) { Children = listed.Children }
            .PutInto(pair.Of(side).Store, MirrorPair.RepositoryOf(side), Tag(subject));
    }

    private static string Tag(BuiltManifest subject) => subject.Digest.Replace(':', '-');
}

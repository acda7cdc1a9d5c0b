using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Lists of referrers as real tools and registries leave them under the tag.</summary>
public sealed class ReferrerPlaceTests
{
    private const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private const string Empty = "application/vnd.oci.empty.v1+json";
    private const string Signature = "https://sigstore.dev/cosign/sign/v1";

    private static readonly BuiltManifest List = SampleImages.OciIndex("s");
    private static readonly BuiltManifest Amd64 = List.Children[0];

    public static TheoryData<string, BuiltManifest> NoLists() => new()
    {
        { "the subject", List },
        { "the image of a platform", Amd64 },
        { "another list", SampleImages.OciIndex("other") },
        { "a Docker list", SampleImages.DockerList("other") },
        { "an empty list", new IndexBuilder(ImageFormat.Oci).Build() },
        { "a chart", ArtifactBuilder.HelmChart("s") },
        { "a list of what refers to another image", new IndexBuilder(ImageFormat.Oci).Add(ArtifactBuilder.Referrer(Amd64, Bundle)).Build() },
    };

    [Theory]
    [MemberData(nameof(NoLists))]
    public async Task A_tag_that_is_no_list_of_referrers_lists_none(string what, BuiltManifest tagged)
    {
        Assert.NotEmpty(what);
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.Referrers = false;
        tagged.PutInto(pair.Source.Store, MirrorPair.SourceRepository, Tag(List));
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_platform_whose_tag_is_the_image_itself_has_no_referrers()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.Referrers = false;
        Amd64.PutInto(pair.Source.Store, MirrorPair.SourceRepository, Tag(Amd64));
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task Referrers_among_images_under_the_tag_are_looked_for()
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, Bundle);
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.Referrers = false;
        new IndexBuilder(ImageFormat.Oci).Add(Amd64).Add(referrer).Build()
            .PutInto(pair.Source.Store, MirrorPair.SourceRepository, Tag(List));
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal([$"SignatureMissing||{referrer.Digest}|"], DifferenceTests.Told(result));
    }

    [Fact]
    public async Task Whether_something_refers_is_an_error_where_it_cannot_be_read()
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, Bundle);
        await using MirrorPair pair = await StartAsync();
        pair.Source.Options.Referrers = false;
        new IndexBuilder(ImageFormat.Oci).Add(referrer).Build()
            .PutInto(pair.Source.Store, MirrorPair.SourceRepository, Tag(List));
        pair.Source.Faults.Add(new Fault { Path = $"*/manifests/{referrer.Digest}", Status = 403 });
        ResultAssert.Error(ValidationReason.Forbidden, referrer.Digest, await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_destination_whose_tag_is_the_image_lacks_the_referrers()
    {
        BuiltManifest referrer = ArtifactBuilder.Referrer(List, Bundle);
        await using MirrorPair pair = await StartAsync();
        referrer.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        pair.Destination.Options.Referrers = false;
        List.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, Tag(List));
        ResultAssert.Failed(ValidationReason.SignatureMissing, "destination lacks", await pair.ValidateAsync());
    }

    public static TheoryData<string, string?, BuiltManifest, ValidationReason> Kinds() => new()
    {
        { "a signature of cosign 3", Empty, Made(Bundle, ("dev.sigstore.bundle.predicateType", Signature)), ValidationReason.SignatureMissing },
        { "a signature that is no statement", Bundle, Made(Bundle, ("dev.sigstore.bundle.content", "message-signature")), ValidationReason.SignatureMissing },
        { "provenance in a bundle", Bundle, Made(Bundle, ("dev.sigstore.bundle.predicateType", "https://slsa.dev/provenance/v1")), ValidationReason.AttestationMissing },
        { "a statement of unknown predicate in a bundle", Empty, Made(Bundle, ("dev.sigstore.bundle.content", "dsse-envelope")), ValidationReason.AttestationMissing },
        { "a bill of materials in a bundle", null, Made(Bundle, ("dev.sigstore.bundle.predicateType", "https://cyclonedx.org/bom")), ValidationReason.SbomMissing },
        { "a bill of materials in a statement", "application/vnd.in-toto+json", Made("application/vnd.in-toto+json", ("in-toto.io/predicate-type", "https://spdx.dev/Document")), ValidationReason.SbomMissing },
        { "a signature of cosign 2 beside the image", RegistryMediaTypes.OciConfig, Layer("application/vnd.dev.cosign.simplesigning.v1+json"), ValidationReason.SignatureMissing },
        { "a bill of materials by its layer", null, Layer("application/spdx+json"), ValidationReason.SbomMissing },
        { "what nobody knows", Empty, Made("application/vnd.example.report"), ValidationReason.ReferrerMissing },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_the_list_does_not_tell_the_manifest_does(
        string what, string? listedType, BuiltManifest referrer, ValidationReason reason)
    {
        Assert.NotEmpty(what);
        await using MirrorPair pair = await StartAsync();
        referrer.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        string type = listedType is null ? "" : $"\"artifactType\":\"{listedType}\",";
        string list = $$"""{"schemaVersion":2,"manifests":[{{{type}}"mediaType":"{{referrer.MediaType}}","digest":"{{referrer.Digest}}","size":{{referrer.Size}}}]}""";
        pair.Source.Faults.Add(new Fault
        {
            Path = $"*/referrers/{List.Digest}",
            Status = 200,
            ContentType = RegistryMediaTypes.OciIndex,
            Body = list,
        });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(reason, "destination lacks", result);
        Assert.Equal([$"{reason}||{referrer.Digest}|"], DifferenceTests.Told(result));
        bool isUnknown = reason == ValidationReason.ReferrerMissing;
        Assert.Equal(isUnknown, result.Differences[0].Explanation.Contains("vnd.example.report", StringComparison.Ordinal));

        // The manifest is only read to name what is missing.
        pair.Source.Faults.Add(new Fault { Path = $"*/manifests/{referrer.Digest}", Status = 403 });
        Assert.Equal("Failed", (await pair.ValidateAsync()).Status);
        referrer.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, null);
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    private static async Task<MirrorPair> StartAsync()
    {
        MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.With = options => options with { IncludeReferrer = true };
        return pair;
    }

    private static BuiltManifest Made(string type, params (string Name, string Value)[] annotations) => new ArtifactBuilder
    {
        ArtifactType = type,
        Subject = List,
        Layers = [new BuiltBlob(type, Encoding.UTF8.GetBytes("{}"))],
        Annotations = annotations.ToDictionary(one => one.Name, one => one.Value),
    }.Build();

    private static BuiltManifest Layer(string type) => new ArtifactBuilder
    {
        Config = new BuiltBlob(RegistryMediaTypes.OciConfig, "{}"u8.ToArray()),
        Subject = List,
        Layers = [new BuiltBlob(type, "{}"u8.ToArray())],
    }.Build();

    private static string Tag(BuiltManifest subject) => subject.Digest.Replace(':', '-');
}

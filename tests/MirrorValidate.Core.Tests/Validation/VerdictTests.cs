using MirrorValidate.Registries;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What becomes of findings, whichever check has them.</summary>
public sealed class VerdictTests
{
    private static readonly Finding Told = new(ValidationReason.None, "") { Difference = Of(DifferenceKind.TagDrift) };
    private static readonly Finding Unknown = Finding.Of(new RegistryException(RegistryFault.TimedOut, "no answer"));
    private static readonly Finding Manifest = Finding.Of(FindingTarget.Manifest, Of(DifferenceKind.ManifestMissing), "m");
    private static readonly Finding Layer = Finding.Of(FindingTarget.Blob, Of(DifferenceKind.BlobSizeMismatch), "l");

    [Fact]
    public void Nothing_and_what_is_only_told_give_no_verdict()
    {
        Assert.Null(Verdict.Of([]));
        Assert.Null(Verdict.Of([Told]));
    }

    [Fact]
    public void What_is_proven_outweighs_what_is_not_known()
    {
        Assert.Equal((ValidationStatus.Error, ValidationReason.TimedOut, "no answer"), Parts(Verdict.Of([Told, Unknown])));
        Assert.Equal(
            (ValidationStatus.Failed, ValidationReason.BlobSizeMismatch, "destination blob has another size: [l]"),
            Parts(Verdict.Of([Unknown, Layer])));
        Assert.Same(Unknown.Fault, Verdict.Of([Unknown])!.Exception);
        Assert.Null(Verdict.Of([Unknown, Layer])!.Exception);
    }

    [Fact]
    public void Each_kind_of_target_has_its_sentence_and_the_first_has_the_reason() =>
        Assert.Equal(
            (ValidationStatus.Failed, ValidationReason.DestinationManifestMissing,
                "failed to inspect dest image: [m, m]: 404; destination blob has another size: [l; l]"),
            Parts(Verdict.Of([Manifest with { Answer = "404" }, Manifest, Layer, Layer])));

    [Fact]
    public void Of_what_belongs_to_an_image_the_weightiest_has_the_reason()
    {
        Finding sbom = Finding.Of(FindingTarget.Referrer, Of(DifferenceKind.SbomMissing), "b");
        Finding signature = Finding.Of(FindingTarget.Referrer, Of(DifferenceKind.SignatureMissing), "s");
        Assert.Equal(
            (ValidationStatus.Failed, ValidationReason.SignatureMissing, "destination lacks what belongs to the source: [b, s]"),
            Parts(Verdict.Of([sbom, signature])));
    }

    [Theory]
    [InlineData(10, "[l; l; l; l; l; l; l; l; l; l]")]
    [InlineData(12, "[l; l; l; l; l; l; l; l; l; l; and 2 more]")]
    public void Ten_are_named_and_the_others_counted(int count, string named) =>
        Assert.EndsWith(named, Verdict.Of([.. Enumerable.Repeat(Layer, count)])!.Message, StringComparison.Ordinal);

    [Fact]
    public void Only_a_404_proves_that_something_is_missing()
    {
        Assert.Same(Manifest, Finding.Of(new RegistryException(RegistryFault.NotFound, "404"), Manifest));
        Assert.All(
            Enum.GetValues<RegistryFault>().Where(fault => fault != RegistryFault.NotFound),
            fault => Assert.Equal(ValidationStatus.Error, Finding.Of(new RegistryException(fault, "x"), Manifest).Status));
    }

    [Fact]
    public void A_difference_without_a_reason_of_its_own_fails_nothing_silently() =>
        Assert.Throws<ArgumentException>(() => Finding.Of(FindingTarget.Image, Of(DifferenceKind.DigestDiffers), "d"));

    private static Difference Of(DifferenceKind kind) => new(kind, "", "", "");

    private static (ValidationStatus, ValidationReason, string) Parts(Verdict? verdict) =>
        (verdict!.Status, verdict.Reason, verdict.Message);
}

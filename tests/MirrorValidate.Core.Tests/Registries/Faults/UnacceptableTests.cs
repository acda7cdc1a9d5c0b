using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>A registry that has a manifest, and answers 404 because it takes its media type for one that is not accepted.</summary>
public sealed class UnacceptableTests
{
    public static TheoryData<int, string> Words => new()
    {
        { 404, "manifest found, but the Accept header does not support OCI manifests" },
        { 404, "OCI index found, but accept header does not support OCI indexes" },
        { 404, "Manifest with tag '1' has media type 'application/vnd.oci.image.index.v1+json', but client accepts 'application/json'." },
        { 404, "Schema 1 manifest not supported" },
        { 400, "OCI manifest found, but accept header does not support OCI manifests" },
        { 406, "the media type is not acceptable" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_source_in_no_form_that_is_accepted_is_unsupported(int status, string words)
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Source.Faults.Add(Unacceptable(status, words));

        MirrorImageResult result = await ValidateAsync(mirror);

        Assert.Equal((nameof(ValidationStatus.Error), nameof(ValidationReason.SourceUnsupported)), (result.Status, result.Reason));
        Assert.StartsWith($"unsupported MIME type: source registry {mirror.Source.Host}: GET {Mirror.Manifest}: {status} ", result.Message, StringComparison.Ordinal);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Exception);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_destination_in_no_form_that_is_accepted_is_not_missing(int status, string words)
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Destination.Faults.Add(Unacceptable(status, words));

        MirrorImageResult result = await ValidateAsync(mirror);

        Assert.Equal((nameof(ValidationStatus.Failed), nameof(ValidationReason.DestinationNotAList)), (result.Status, result.Reason));
        Assert.StartsWith($"destination manifest MIME type unknown: destination registry {mirror.Destination.Host}: ", result.Message, StringComparison.Ordinal);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_in_no_form_that_is_accepted_is_not_missing()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Destination.Faults.Add(Unacceptable(404, "OCI manifest found, but accept header does not support OCI manifests", "/v2/team/app/manifests/sha256:*"));

        MirrorImageResult result = await ValidateAsync(mirror);

        Assert.Equal((nameof(ValidationStatus.Error), nameof(ValidationReason.UnexpectedResponse)), (result.Status, result.Reason));
        Assert.Contains("accept header does not support", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_such_words_a_404_is_a_404()
    {
        await using Mirror mirror = await Mirror.StartAsync();
        mirror.Destination.Faults.Add(Unacceptable(404, "manifest unknown"));

        Assert.Equal(nameof(ValidationReason.DestinationNotFound), (await ValidateAsync(mirror)).Reason);
    }

    private static Fault Unacceptable(int status, string words, string path = Mirror.Manifest) => new()
    {
        Path = path,
        Status = status,
        Body = $"{{\"errors\":[{{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"{words}\"}}]}}",
        ContentType = "application/json",
    };

    private static async Task<MirrorImageResult> ValidateAsync(Mirror mirror)
    {
        using var run = new Run();
        return await run.ValidateAsync(mirror.Line);
    }
}

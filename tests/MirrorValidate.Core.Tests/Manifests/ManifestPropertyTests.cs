using System.Text;
using CsCheck;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.Manifests;

public sealed class ManifestPropertyTests
{
    private static readonly Gen<string?> ContentType = Gen.OneOfConst<string?>(
        null, "application/json", "text/html", MediaTypes.OciIndex, MediaTypes.DockerList, MediaTypes.OciManifest, MediaTypes.DockerManifest,
        MediaTypes.DockerSchema1, MediaTypes.DockerSchema1Signed);

    [Fact]
    public void Any_bytes_are_a_manifest_or_one_of_two_errors() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 200], Gen.String[Gen.Char["{}[]\":,0nulltruemanifestsconfig \\u\ud800"], 0, 80].Select(Encoding.UTF8.GetBytes)), ContentType)
            .Sample(Check);

    [Fact]
    public void Any_spoiled_manifest_is_a_manifest_or_one_of_two_errors() =>
        Gen.Select(Gen.OneOfConst(Samples.All), Gen.Int, Gen.Double[0.005, 0.3], Gen.Bool, ContentType)
            .Sample((sample, seed, rate, ownType, contentType) =>
                Check(JsonMutator.Mutate(sample.Content, new Random(seed), rate), ownType ? sample.MediaType : contentType));

    [Fact]
    public void Any_cut_or_changed_byte_is_a_manifest_or_one_of_two_errors() =>
        Gen.Select(Gen.OneOfConst(Samples.All), Gen.Int[0, 20_000], Gen.Byte, Gen.Bool).Sample((sample, at, value, isCut) =>
        {
            byte[] content = sample.Content.ToArray();
            at %= content.Length;
            content[at] = value;
            Check(isCut ? content[..at] : content, sample.MediaType);
        });

    [Fact]
    public void Any_spoiled_config_is_a_config_or_an_error()
    {
        BuiltBlob config = SampleImages.Image("s", ImageFormat.Oci).Blobs[0];
        Gen.Select(Gen.Int, Gen.Double[0.005, 0.3]).Sample((seed, rate) =>
        {
            try
            {
                Assert.NotNull(ImageConfig.Read(JsonMutator.Mutate(config.Content, new Random(seed), rate)).Platform);
            }
            catch (ManifestFormatException e)
            {
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        });
    }

    // What is thrown that is neither of the two goes through, and fails the property.
    private static void Check(byte[] content, string? contentType)
    {
        try
        {
            Manifest manifest = ManifestReader.Read(content, contentType);
            Assert.DoesNotContain(manifest.MediaType, char.IsControl);
            Assert.True(manifest is Schema1Manifest || manifest.Digest == Digest.Of("sha256", content));
        }
        catch (Exception e) when (e is ManifestFormatException or ManifestLimitException)
        {
            Assert.DoesNotContain(e.Message, char.IsControl);
            Assert.InRange(e.Message.Length, 1, 1000);
        }
    }
}

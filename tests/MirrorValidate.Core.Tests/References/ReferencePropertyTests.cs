using CsCheck;
using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.References;

public sealed class ReferencePropertyTests
{
    [Fact]
    public void A_name_survives_being_written_and_read() => ReferenceGen.Name.Sample(text =>
    {
        ImageName name = ImageName.Parse(text);
        Assert.Equal(name, ImageName.Parse(name.ToString()));
        // Every part is where it was: nothing is lost but the other names of Docker Hub, which are generated as docker.io only.
        Assert.Equal(text, name.ToString());
    });

    [Fact]
    public void A_reference_survives_being_written_and_read() => ReferenceGen.Name.Sample(text =>
    {
        ImageReference reference = ImageReference.Parse(text);
        Assert.Equal(reference, ImageReference.Parse(reference.ToString()));
        Assert.True(Uri.TryCreate($"https://{reference.Registry.ApiAuthority}/v2/{reference.Repository}/manifests/{reference.Identifier}", UriKind.Absolute, out Uri? uri));
        Assert.Equal($"/v2/{reference.Repository}/manifests/{reference.Identifier}", uri.AbsolutePath);
    });

    [Fact]
    public void Any_text_is_a_name_or_a_format_error() => ReferenceGen.Noise.Sample(text =>
    {
        ImageName? name = ReadOrRefuse(() => ImageName.Parse(text));
        if (name is not null) Assert.Equal(name, ImageName.Parse(name.ToString()));
    });

    [Fact]
    public void Any_text_is_a_host_or_a_format_error_and_a_host_makes_a_URL() => ReferenceGen.Noise.Sample(text =>
    {
        RegistryHost? host = ReadOrRefuse(() => RegistryHost.Parse(text));
        if (host is not null) Assert.True(Uri.TryCreate($"https://{host.ApiAuthority}/", UriKind.Absolute, out _), host.Name);
    });

    [Fact]
    public void Any_text_is_a_digest_or_a_format_error() => Gen.OneOf(ReferenceGen.Noise, ReferenceGen.Digest).Sample(text =>
    {
        Digest? digest = ReadOrRefuse(() => Digest.Parse(text));
        if (digest is not null) Assert.Equal(text, digest.ToString());
    });

    // What is thrown that is no FormatException goes through, and fails the property.
    private static T? ReadOrRefuse<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            Assert.DoesNotContain(e.Message, char.IsControl);
            return null;
        }
    }
}

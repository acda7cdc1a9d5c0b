using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.References;

/// <summary>distribution/reference, normalize.go.</summary>
public sealed class ImageReferenceTests
{
    private const string Sha256 = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("alpine", "docker.io/library/alpine:latest", "latest")]
    [InlineData("alpine:3.20", "docker.io/library/alpine:3.20", "3.20")]
    [InlineData("docker.io/alpine", "docker.io/library/alpine:latest", "latest")]
    [InlineData("index.docker.io/alpine", "docker.io/library/alpine:latest", "latest")]
    [InlineData("library/alpine", "docker.io/library/alpine:latest", "latest")]
    [InlineData("bitnami/redis:7", "docker.io/bitnami/redis:7", "7")]
    [InlineData("registry.io/alpine", "registry.io/alpine:latest", "latest")]
    [InlineData("localhost", "docker.io/library/localhost:latest", "latest")]
    [InlineData("localhost/alpine", "localhost/alpine:latest", "latest")]
    [InlineData($"alpine@{Sha256}", $"docker.io/library/alpine@{Sha256}", Sha256)]
    [InlineData($"registry.io/a/b:v1@{Sha256}", $"registry.io/a/b:v1@{Sha256}", Sha256)]
    public void What_a_name_leaves_out_is_put_in(string text, string complete, string identifier)
    {
        ImageReference reference = ImageReference.Parse(text);
        Assert.Equal(complete, reference.ToString());
        Assert.Equal(identifier, reference.Identifier);
        Assert.Equal(reference, ImageReference.Parse(reference.ToString()));
    }

    [Fact]
    public void A_digest_is_asked_for_in_the_same_repository()
    {
        ImageReference reference = ImageReference.Parse("alpine:v1").WithDigest(Digest.Parse(Sha256));
        Assert.Equal("docker.io/library/alpine", reference.Name);
        Assert.Null(reference.Tag);
        Assert.Equal(Sha256, reference.Identifier);
    }

    [Fact]
    public void A_reference_needs_a_registry_and_a_repository()
    {
        Assert.Throws<ArgumentNullException>("registry", () => new ImageReference(null!, "alpine", "v1"));
        Assert.Throws<ArgumentNullException>("repository", () => new ImageReference(RegistryHost.DockerHub, null!, "v1"));
    }

    [Fact]
    public void References_are_equal_whatever_the_case_of_the_host()
    {
        Assert.Equal(ImageReference.Parse("Registry.IO/a:v1"), ImageReference.Parse("registry.io/a:v1"));
        Assert.NotEqual(ImageReference.Parse("registry.io/a:v1"), ImageReference.Parse("registry.io/a:v2"));
    }
}

using MirrorValidate.ImageLists;
using MirrorValidate.References;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class MirrorImageResolveTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    // What the line says; docker.io where it says nothing.
    [InlineData("a.io/p/x b.io/q/y v1", null, null, "library", "a.io/p/x:v1", "b.io/q/y:v1")]
    [InlineData("x y v1", null, null, "library", "docker.io/library/x:v1", "docker.io/library/y:v1")]
    [InlineData("p/x q/y v1", null, null, "library", "docker.io/p/x:v1", "docker.io/q/y:v1")]
    // The overrides win.
    [InlineData("a.io/p/x b.io/q/y v1", "s.io", "d.io:5000", "library", "s.io/p/x:v1", "d.io:5000/q/y:v1")]
    [InlineData("x y v1", "s.io", "d.io", "library", "s.io/x:v1", "d.io/library/y:v1")]
    [InlineData("a.io/x b.io/y v1", "docker.io", null, "library", "docker.io/library/x:v1", "b.io/library/y:v1")]
    // The project goes before a destination that has none, and nowhere else.
    [InlineData("a.io/x b.io/y v1", null, null, "library", "a.io/x:v1", "b.io/library/y:v1")]
    [InlineData("a.io/x b.io/y v1", null, null, "team", "a.io/x:v1", "b.io/team/y:v1")]
    [InlineData("a.io/x b.io/y v1", null, null, "a/b", "a.io/x:v1", "b.io/a/b/y:v1")]
    [InlineData("a.io/x b.io/y v1", null, null, "", "a.io/x:v1", "b.io/y:v1")]
    [InlineData("x y v1", null, null, "", "docker.io/library/x:v1", "docker.io/library/y:v1")]
    [InlineData("x y v1", null, null, "team", "docker.io/library/x:v1", "docker.io/team/y:v1")]
    [InlineData("a.io/x b.io/q/y v1", null, null, "team", "a.io/x:v1", "b.io/q/y:v1")]
    // One reference: the same repository at the destination registry.
    [InlineData("a.io/p/q/x:v1", null, "d.io", "library", "a.io/p/q/x:v1", "d.io/p/q/x:v1")]
    [InlineData("x:v1", null, "d.io", "library", "docker.io/library/x:v1", "d.io/library/x:v1")]
    [InlineData("docker.io/bitnami/x", null, "d.io", "library", "docker.io/bitnami/x:latest", "d.io/bitnami/x:latest")]
    [InlineData($"a.io/p/x:v1@{Digest}", null, "d.io", "library", $"a.io/p/x:v1@{Digest}", $"d.io/p/x:v1@{Digest}")]
    // A digest pins both sides.
    [InlineData($"a.io/p/x b.io/q/y {Digest}", null, null, "library", $"a.io/p/x@{Digest}", $"b.io/q/y@{Digest}")]
    [InlineData($"a.io/p/x@{Digest} b.io/q/y v1", null, null, "library", $"a.io/p/x:v1@{Digest}", $"b.io/q/y:v1@{Digest}")]
    // Each side has its own.
    [InlineData("a.io/p/x b.io/q/y v1=v2", null, null, "library", "a.io/p/x:v1", "b.io/q/y:v2")]
    [InlineData($"a.io/p/x b.io/q/y {Digest}=v1", null, "d.io", "library", $"a.io/p/x@{Digest}", "d.io/q/y:v1")]
    public void What_the_line_leaves_out_is_put_in(
        string line, string? sourceRegistry, string? destinationRegistry, string project, string source, string destination)
    {
        var settings = new MirrorSettings
        {
            SourceRegistry = Host(sourceRegistry),
            DestinationRegistry = Host(destinationRegistry),
            DefaultProject = project,
        };
        (ImageReference from, ImageReference to) = MirrorImage.Parse(new ImageListLine(line, 1, null)).Resolve(settings);
        Assert.Equal(source, from.ToString());
        Assert.Equal(destination, to.ToString());
    }

    // hangar's --source-project and --destination-project: the first component is the project.
    [Theory]
    [InlineData("a.io/p/x b.io/q/y v1", "team", "", "a.io/team/x:v1", "b.io/q/y:v1")]
    [InlineData("a.io/p/x b.io/q/y v1", "", "team", "a.io/p/x:v1", "b.io/team/y:v1")]
    [InlineData("a.io/p/q/x b.io/q/r/s/y v1", "one", "two", "a.io/one/q/x:v1", "b.io/two/r/s/y:v1")]
    [InlineData("nginx nginx v1", "one", "two", "docker.io/one/nginx:v1", "docker.io/two/nginx:v1")]
    [InlineData("docker.io/library/nginx b.io/nginx v1", "", "two", "docker.io/library/nginx:v1", "b.io/two/nginx:v1")]
    [InlineData("a.io/p/x b.io/q/y v1", "a/b", "c/d", "a.io/a/b/x:v1", "b.io/c/d/y:v1")]
    [InlineData("a.io/a/b/x b.io/c/d/y v1", "a/b", "c/d", "a.io/a/b/x:v1", "b.io/c/d/y:v1")]
    [InlineData("a.io/p/x b.io/q/y v1", "", "", "a.io/p/x:v1", "b.io/q/y:v1")]
    public void A_project_replaces_that_of_the_line(
        string line, string sourceProject, string destinationProject, string source, string destination)
    {
        var settings = new MirrorSettings { SourceProject = sourceProject, DestinationProject = destinationProject };
        (ImageReference from, ImageReference to) = MirrorImage.Parse(new ImageListLine(line, 1, null)).Resolve(settings);
        Assert.Equal(source, from.ToString());
        Assert.Equal(destination, to.ToString());
    }

    [Fact]
    public void One_reference_goes_to_the_destination_s_project()
    {
        MirrorImage image = MirrorImage.Parse(new ImageListLine("a.io/p/x:v1", 1, null));
        var settings = new MirrorSettings { DestinationRegistry = RegistryHost.Parse("d.io"), DestinationProject = "team" };
        Assert.Equal("d.io/team/x:v1", image.Resolve(settings).Destination.ToString());
        Assert.Equal("a.io/p/x:v1", image.Resolve(settings).Source.ToString());
    }

    [Fact]
    public void One_reference_needs_a_destination_registry()
    {
        MirrorImage image = MirrorImage.Parse(new ImageListLine("a.io/p/x:v1", 3, "list.txt"));
        ImageListException e = Assert.Throws<ImageListException>(() => image.Resolve(new MirrorSettings()));
        Assert.StartsWith("list.txt, line 3: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("-DestinationRegistry", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My Project")]
    [InlineData("Team")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a?b")]
    [InlineData("a//b")]
    public void A_project_that_makes_no_repository_name_is_refused_and_not_asked_for(string project)
    {
        MirrorImage image = MirrorImage.Parse(new ImageListLine("x y v1", 3, null));
        Assert.Throws<ImageListException>(() => image.Resolve(new MirrorSettings { DefaultProject = project }));
        Assert.Throws<ImageListException>(() => image.Resolve(new MirrorSettings { SourceProject = project }));
        Assert.Throws<ImageListException>(() => image.Resolve(new MirrorSettings { DestinationProject = project }));
    }

    private static RegistryHost? Host(string? name) => name is null ? null : RegistryHost.Parse(name);
}

using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.RegistryMaps;

namespace MirrorValidate.Core.Tests.ImageLists.RegistryMaps;

public sealed class RegistryMapTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string MirrorSets = """
        apiVersion: config.openshift.io/v1
        kind: ImageDigestMirrorSet
        metadata:
          name: idms-operator-0
        spec:
          imageDigestMirrors:
          - mirrors:
            - mirror.example.com:8443/ocp/openshift-release-dev
            source: quay.io/openshift-release-dev
          - mirrors:
            - mirror.example.com:8443/digests
            source: registry.redhat.io/ubi9
        status: {}
        ---
        apiVersion: config.openshift.io/v1
        kind: ImageTagMirrorSet
        metadata:
          name: itms-generic-0
        spec:
          imageTagMirrors:
          - mirrors:
            - mirror.example.com:8443/tags
            source: registry.redhat.io/ubi9
          - mirrors:
            - mirror.example.com:8443/library
            source: docker.io/library
        ---
        apiVersion: operators.coreos.com/v1alpha1
        kind: CatalogSource
        metadata:
          name: cs-redhat-operator-index
        """;

    private const string ContentPolicies = """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: operator.openshift.io/v1alpha1
          kind: ImageContentSourcePolicy
          metadata:
            name: operator-0
          spec:
            repositoryDigestMirrors:
            - mirrors:
              - mirror.example.com/oadp
              - backup.example.com/oadp
              source: registry.redhat.io/oadp
        """;

    private const string RegistriesConf = """
        unqualified-search-registries = ["docker.io"]
        short-name-mode = "enforcing"

        [[registry]]
        location = "quay.io"

        [[registry.mirror]]
        location = "mirror.example.com/quay"
        insecure = true

        [[registry]]
        prefix = "quay.io/coreos"
        location = "quay.io/coreos"

          [[registry.mirror]]
          location = "mirror.example.com/coreos"
          pull-from-mirror = "tag-only"

          [[registry.mirror]]
          location = "pinned.example.com/coreos"
          pull-from-mirror = "digest-only"

        [[registry]]
        prefix = "docker.io"
        location = "mirror.example.com/hub"

        [[registry]]
        prefix = "*.k8s.io"
        [[registry.mirror]]
        location = "mirror.example.com/kubernetes"

        [[registry]]
        prefix = "cdn.k8s.io"
        [[registry.mirror]]
        location = "mirror.example.com/cdn/"
        """;

    [Theory]
    [InlineData("idms.yaml", MirrorSets, "quay.io/openshift-release-dev/ocp-release:4.18.1", "mirror.example.com:8443/ocp/openshift-release-dev/ocp-release")]
    [InlineData("idms.yaml", MirrorSets, "registry.redhat.io/ubi9/ubi:9.5", "mirror.example.com:8443/tags/ubi")]
    [InlineData("idms.yaml", MirrorSets, $"registry.redhat.io/ubi9/ubi@{Digest}", "mirror.example.com:8443/digests/ubi")]
    [InlineData("idms.yaml", MirrorSets, "busybox:1.36", "mirror.example.com:8443/library/busybox")]
    [InlineData("idms", MirrorSets, "docker.io/library/busybox:1.36", "mirror.example.com:8443/library/busybox")]
    [InlineData("registries.conf", RegistriesConf, "quay.io/prometheus/busybox:glibc", "mirror.example.com/quay/prometheus/busybox")]
    [InlineData("registries.conf", RegistriesConf, "quay.io/coreos/etcd:v3.5.17", "mirror.example.com/coreos/etcd")]
    [InlineData("registries.conf", RegistriesConf, $"quay.io/coreos/etcd@{Digest}", "pinned.example.com/coreos/etcd")]
    [InlineData("registries.conf", RegistriesConf, "quay.io/coreos-other/etcd:v3.5.17", "mirror.example.com/quay/coreos-other/etcd")]
    [InlineData("registries.conf", RegistriesConf, "busybox:1.36", "mirror.example.com/hub/library/busybox")]
    [InlineData("registries.conf", RegistriesConf, "registry.k8s.io/pause:3.10", "mirror.example.com/kubernetes/pause")]
    [InlineData("registries.conf", RegistriesConf, "cdn.k8s.io/pause:3.10", "mirror.example.com/cdn/pause")]
    [InlineData("registries", RegistriesConf, "registry.k8s.io/pause:3.10", "mirror.example.com/kubernetes/pause")]
    public void A_single_reference_goes_where_the_longest_prefix_says(string name, string map, string line, string destination)
    {
        ImageListEntry entry = Assert.Single(Apply(name, map, line));
        Assert.Equal(destination, entry.Image?.Destination);
        Assert.Equal(entry.Image?.ToListLine(), entry.Image?.Line);
        Assert.Equal(entry.Image?.Line, entry.Origin.Text);
        Assert.Equal((7, 3), (entry.Id, entry.Origin.Number));
    }

    [Fact]
    public void Each_mirror_of_a_rule_is_an_entry() => Assert.Equal(
        ["registry.redhat.io/oadp/velero mirror.example.com/oadp/velero 1.4", "registry.redhat.io/oadp/velero backup.example.com/oadp/velero 1.4"],
        Apply("icsp.yaml", ContentPolicies, "registry.redhat.io/oadp/velero:1.4").Select(entry => entry.Image?.ToListLine()));

    [Theory]
    [InlineData("a.io/x b.io/y v1", "a.io/x b.io/y v1")]
    [InlineData("--platform=linux/arm64 busybox:1.36", "--platform=linux/arm64 busybox mirror.example.com:8443/library/busybox 1.36")]
    public void What_has_a_destination_keeps_it_and_a_platform_stays(string line, string expected) =>
        Assert.Equal(expected, Assert.Single(Apply("idms.yaml", MirrorSets, line)).Image?.ToListLine());

    [Theory]
    [InlineData("gcr.io/x/y:v1")]
    [InlineData("quay.io/openshift-release-devel/x:v1")]
    [InlineData("registry.redhat.io/ubi90/ubi:v1")]
    public void A_reference_without_a_mirror_is_an_error(string line)
    {
        ImageListEntry entry = Assert.Single(Apply("idms.yaml", MirrorSets, line));
        Assert.Null(entry.Image);
        Assert.Contains($"idms.yaml says of no mirror for {line[..line.LastIndexOf(':')]}", entry.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(line, entry.Origin.Text);
    }

    [Fact]
    public void A_line_that_cannot_be_read_stays_one() => Assert.Contains("lower case", Assert.Single(Apply("idms.yaml", MirrorSets, "A/B")).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void Several_files_are_one_map()
    {
        using var folder = new MapFolder();
        RegistryMap map = RegistryMap.Load([folder.Write("idms.yaml", MirrorSets), folder.Write("registries.conf", RegistriesConf)]);
        Assert.Equal("mirror.example.com/coreos/etcd", Assert.Single(map.Apply(Entry("quay.io/coreos/etcd:v1"))).Image?.Destination);
        Assert.Equal("mirror.example.com:8443/tags/ubi", Assert.Single(map.Apply(Entry("registry.redhat.io/ubi9/ubi:9.5"))).Image?.Destination);
    }

    [Theory]
    [InlineData("map.yaml", "kind: Pod", "it names no mirror; looked for: ImageDigestMirrorSet")]
    [InlineData("map.yaml", "", "it names no mirror")]
    [InlineData("map.yaml", "kind: ImageTagMirrorSet\nspec:\n  imageTagMirrors:\n  - mirrors: [b.io]\n", "line 4: a rule of a mirror set needs a source")]
    [InlineData("map.yaml", "a: [", "this is not YAML")]
    [InlineData("map.conf", "unqualified-search-registries = ['docker.io']", "it names no mirror")]
    [InlineData("map.conf", "[[registry]]\nlocation = \"quay.io\n", "line 2: this is not TOML")]
    [InlineData("map.conf", "[[registry]]\ninsecure = true\n", "neither a prefix nor a location")]
    [InlineData("map.conf", "[[registry]]\nprefix = 'quay.io'\n[[registry.mirror]]\ninsecure = true\n", "a mirror of \"quay.io\" has no location")]
    public void A_file_that_is_no_map_is_said_so(string name, string text, string problem)
    {
        using var folder = new MapFolder();
        string path = folder.Write(name, text);
        ImageListFormatException e = Assert.Throws<ImageListFormatException>(() => RegistryMap.Load([path]));
        Assert.StartsWith($"{path}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mirror_that_makes_no_name_is_an_error_of_the_entry() => Assert.Contains(
        "not a registry host", Assert.Single(Apply("map.conf", "[[registry]]\nprefix='quay.io'\n[[registry.mirror]]\nlocation='https://b.io'", "quay.io/x:v1")).Error!.Message, StringComparison.Ordinal);

    private static IReadOnlyList<ImageListEntry> Apply(string name, string map, string line)
    {
        using var folder = new MapFolder();
        return RegistryMap.Load([folder.Write(name, map)]).Apply(Entry(line));
    }

    private static ImageListEntry Entry(string line) => ImageListEntry.Read(7, new ImageListLine(line, 3, "list.txt"));

    private sealed class MapFolder : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mirror-validate-");

        public string Write(string name, string text)
        {
            string path = Path.Combine(_directory.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => _directory.Delete(recursive: true);
    }
}

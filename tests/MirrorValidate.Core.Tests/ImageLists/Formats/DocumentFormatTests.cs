using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Formats;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class DocumentFormatTests
{
    [Theory]
    [InlineData("a.yaml", "- a.io/x:v1\n- a.io/y b.io/y v1\n- image: a.io/z:v1\n- name: a.io/w\n")]
    [InlineData("a.json", "[\n\"a.io/x:v1\",\n\"a.io/y b.io/y v1\",\n{\"image\": \"a.io/z:v1\"},\n\"a.io/w\"\n]")]
    public void An_array_of_references_is_a_list(string name, string text)
    {
        IReadOnlyList<ImageListEntry> entries = Read(name, text);
        Assert.Equal(["a.io/x:v1", "a.io/y b.io/y v1", "a.io/z:v1", "a.io/w"], entries.Select(entry => entry.Image?.ToListLine()));
        Assert.Equal(Enumerable.Range(name == "a.yaml" ? 1 : 2, 4), entries.Select(entry => entry.Origin.Number));
    }

    [Fact]
    public void What_is_no_reference_in_an_array_is_an_error()
    {
        string[] shown = [.. Read("a.yaml", "- a.io/x:v1\n- A\n- ''\n- [a.io/y]\n- a.io/z v1,v2\n", ImageListFormat.References).Shown()];
        Assert.Equal("1: a.io/x - v1", shown[0]);
        Assert.StartsWith("2! the repository name \"A\" must be lower case", shown[1], StringComparison.Ordinal);
        Assert.StartsWith("3! expected SOURCE DESTINATION TAG or one reference, found nothing", shown[2], StringComparison.Ordinal);
        Assert.StartsWith("4! an item is a reference", shown[3], StringComparison.Ordinal);
        Assert.Equal(["5: a.io/z - v1", "5: a.io/z - v2"], shown[4..]);
    }

    [Fact]
    public void Hauler_manifests_are_read_document_by_document()
    {
        const string Text = """
            # what the branch offices get
            apiVersion: content.hauler.cattle.io/v1
            kind: Files
            metadata:
              name: scripts
            spec:
              files:
                - path: https://files.example.com/install.sh
            ---
            apiVersion: content.hauler.cattle.io/v1
            kind: Images
            metadata:
              name: base
              annotations:
                hauler.dev/platform: linux/amd64
                hauler.dev/registry: mirror.gcr.io
            spec:
              images:
                - name: library/busybox:1.36
                - name: quay.io/coreos/etcd:v3.5.17
                  platform: linux/arm64
                - name: quay.io/coreos/flannel:v0.26
                  platform: all
                  rewrite: network/flannel:stable
                - key: cosign.pub
                - name: UPPER
            ---
            apiVersion: content.hauler.cattle.io/v1alpha1
            kind: Charts
            metadata:
              name: charts
            spec:
              charts:
                - name: rancher
                  repoURL: https://charts.example.com
            ---
            apiVersion: content.hauler.cattle.io/v1
            kind: ImageTxts
            spec:
              images:
                - ref: https://files.example.com/images.txt
            ---
            apiVersion: v1
            kind: ConfigMap
            """;
        IReadOnlyList<ImageListEntry> entries = Read("hauler-manifest.yaml", Text);
        Assert.Equal(
            [
                "--platform=linux/amd64 mirror.gcr.io/library/busybox:1.36",
                "--platform=linux/arm64 quay.io/coreos/etcd:v3.5.17",
                "quay.io/coreos/flannel network/flannel v0.26=stable",
            ],
            entries.Take(3).Select(entry => entry.Image?.ToListLine()));
        Assert.Equal([19, 20, 22, 25, 26, 41, 43], entries.Select(entry => entry.Origin.Number));
        string[] errors = [.. entries.Skip(3).Select(entry => entry.Error!.Message)];
        Assert.Contains("an image needs a name", errors[0], StringComparison.Ordinal);
        Assert.Contains("lower case", errors[1], StringComparison.Ordinal);
        Assert.Contains("which images that list has is not in the file", errors[2], StringComparison.Ordinal);
        Assert.Contains("is no Hauler list", errors[3], StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_set_configuration_names_its_additional_images()
    {
        const string Text = """
            kind: ImageSetConfiguration
            apiVersion: mirror.openshift.io/v2alpha1
            mirror:
              platform:
                channels:
                  - name: stable-4.18
                    minVersion: 4.18.1
                graph: true
              operators:
                - catalog: registry.redhat.io/redhat/redhat-operator-index:v4.18
                  packages:
                    - name: elasticsearch-operator
              additionalImages:
                - name: registry.redhat.io/ubi9/ubi:latest
                - name: quay.io/coreos/etcd@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                - name: docker.io/library/busybox:1.36
                - name: quay.io/coreos/flannel:v0.26
                  targetRepo: network/flannel
              helm:
                repositories:
                  - name: podinfo
                    url: https://charts.example.com
                    charts:
                      - name: podinfo
                        version: 5.0.0
              blockedImages:
                - name: docker.io/library/busybox:1.36
            """;
        string[] shown = [.. Read("imageset-config.yaml", Text).Shown()];
        Assert.Equal(6, shown.Length);
        Assert.StartsWith("6! which images the channel \"stable-4.18\" has is not in the file: test the mapping.txt", shown[0], StringComparison.Ordinal);
        Assert.StartsWith("10! which images the catalog \"registry.redhat.io/redhat/redhat-operator-index:v4.18\"", shown[1], StringComparison.Ordinal);
        Assert.Equal("14: registry.redhat.io/ubi9/ubi - latest", shown[2]);
        Assert.Equal($"15: quay.io/coreos/etcd - {Digest}", shown[3]);
        Assert.StartsWith("17! targetRepo and targetTag", shown[4], StringComparison.Ordinal);
        Assert.StartsWith("24! which images the chart \"podinfo\"", shown[5], StringComparison.Ordinal);
    }

    [Fact]
    public void A_Zarf_package_names_the_images_of_its_components()
    {
        const string Text = """
            kind: ZarfPackageConfig
            metadata:
              name: wordpress
              version: 16.0.4
              architecture: amd64
            components:
              - name: wordpress
                required: true
                charts:
                  - name: wordpress
                    url: oci://charts.example.com/wordpress
                images:
                  - docker.io/bitnami/wordpress:6.2.0
                  - docker.io/bitnami/mariadb:###ZARF_PKG_TMPL_MARIADB###
              - name: arm
                only:
                  cluster:
                    architecture: arm64
                images:
                  - ghcr.io/stefanprodan/podinfo@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                imageArchives:
                  - path: images.tar
                    images: [library/busybox:1.36]
              - name: common
                import:
                  path: ../common
            """;
        IReadOnlyList<ImageListEntry> entries = Read("zarf.yaml", Text);
        Assert.Equal(
            [
                "--platform=linux/amd64 docker.io/bitnami/wordpress:6.2.0",
                null,
                $"--platform=linux/arm64 ghcr.io/stefanprodan/podinfo@{Digest}",
                "--platform=linux/arm64 library/busybox:1.36",
                null,
            ],
            entries.Select(entry => entry.Image?.ToListLine()));
        Assert.Contains("line 14: the reference has a variable", entries[1].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("line 26: the images of the component \"common\" that is imported", entries[4].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dregsy_file_names_what_its_mappings_copy()
    {
        const string Text = """
            relay: skopeo
            tasks:
              - name: nightly
                interval: 3600
                source:
                  registry: quay.io
                  auth: bm9ib2R5IGtub3dz
                target:
                  registry: mirror.example.com:5000
                  auth: bm9ib2R5IGtub3dz
                mappings:
                  - from: coreos/etcd
                    to: /copies/coreos/etcd
                    tags: ['v3.5.17', 'semver: >=3.5.0', 'regex: v3.*', 'keep: .*']
                    platform: linux/arm64
                  - from: coreos/flannel
                    tags:
                      - v0.26
                    digests:
                      - sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                    platform: all
                  - from: coreos/clair
                  - from: regex:coreos/.*
                    tags: [v1]
                  - to: somewhere
              - name: broken
                source: {registry: quay.io}
                mappings:
                  - from: coreos/dex
            """;
        IReadOnlyList<ImageListEntry> entries = Read("dregsy.yaml", Text);
        string[] shown = [.. entries.Shown()];
        Assert.Equal(9, shown.Length);
        Assert.Equal("14: quay.io/coreos/etcd mirror.example.com:5000/copies/coreos/etcd v3.5.17", shown[0]);
        Assert.Equal("linux/arm64", entries[0].Image!.Platform);
        Assert.StartsWith("14! the tags in the range \">=3.5.0\" are not", shown[1], StringComparison.Ordinal);
        Assert.StartsWith("14! the tags that match", shown[2], StringComparison.Ordinal);
        Assert.Equal("18: quay.io/coreos/flannel mirror.example.com:5000/coreos/flannel v0.26", shown[3]);
        Assert.Equal($"20: quay.io/coreos/flannel mirror.example.com:5000/coreos/flannel {Digest}", shown[4]);
        Assert.Null(entries[4].Image!.Platform);
        Assert.StartsWith("22! no tags are named", shown[5], StringComparison.Ordinal);
        Assert.StartsWith("23! the repositories that match an expression", shown[6], StringComparison.Ordinal);
        Assert.StartsWith("25! a mapping needs a repository", shown[7], StringComparison.Ordinal);
        Assert.StartsWith("29! a task needs the registries", shown[8], StringComparison.Ordinal);
        Assert.All(entries, entry => Assert.DoesNotContain("bm9ib2R5", $"{entry} {entry.Error}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_config_of_image_mirror_names_each_image_at_each_target()
    {
        const string Text = """
            Images:
            - SourceImage: banzaicloud/fluentd
              Tags:
              - v1.11.5
              - v1.14.6
              DoNotMirror:
              - v1.11.5
            - SourceImage: quay.io/coreos/etcd
              TargetImageName: hardened-etcd
              Tags: [v3.5.17]
            - SourceImage: dp.apps.rancher.io/containers/openjdk
              Tags: ["21", "not a tag"]
            - SourceImage: nowhere/x
              DoNotMirror: true
              Tags: [v1]
            - SourceImage: alone
              Tags: [v1]
            - SourceImage: quay.io/coreos/dex
            Repositories:
            - BaseUrl: docker.io/rancher
              Target: true
              Username: '{{ env "DOCKER_USERNAME" }}'
              Password: nobody knows
              Registry: docker.io
            - BaseUrl: registry.example.com/rancher
              Target: true
              Registry: registry.example.com
            - BaseUrl: dp.apps.rancher.io
              Target: false
            """;
        IReadOnlyList<ImageListEntry> entries = Read("config.yaml", Text);
        string[] shown = [.. entries.Shown()];
        Assert.Equal(
            [
                "5: banzaicloud/fluentd docker.io/rancher/mirrored-banzaicloud-fluentd v1.14.6",
                "5: banzaicloud/fluentd registry.example.com/rancher/mirrored-banzaicloud-fluentd v1.14.6",
                "10: quay.io/coreos/etcd docker.io/rancher/hardened-etcd v3.5.17",
                "10: quay.io/coreos/etcd registry.example.com/rancher/hardened-etcd v3.5.17",
                "12: dp.apps.rancher.io/containers/openjdk docker.io/rancher/appco-openjdk 21",
                "12: dp.apps.rancher.io/containers/openjdk registry.example.com/rancher/appco-openjdk 21",
                "12! \"not a tag\" is not a tag",
                "16! a SourceImage has a project and a name: project/name",
            ],
            shown[..8]);
        Assert.StartsWith("18! no tags are named", shown[8], StringComparison.Ordinal);
        Assert.Equal(9, shown.Length);
        Assert.All(entries, entry => Assert.DoesNotContain("nobody", $"{entry} {entry.Error}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.yaml", "a.io/x:v1: b.io/x\n---\na.io/y:v1: b.io/y\n", 3)]
    [InlineData("a.yaml", "---\n---\na.io/x:v1: b.io/x\n---\nkind: Pod\n", 5)]
    [InlineData("a.yaml", "sync: [{source: 'a.io/x:v1', target: 'b.io/x:v1', type: image}]\n---\nsync: []\n", 3)]
    public void A_further_document_does_not_keep_the_first_from_being_read(string name, string text, int line)
    {
        string[] shown = [.. Read(name, text).Shown()];
        Assert.Equal(2, shown.Length);
        Assert.EndsWith(": a.io/x b.io/x v1", shown[0], StringComparison.Ordinal);
        Assert.StartsWith($"{line}! a further YAML document begins here", shown[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.io/x:v1: b.io/x\n---\n")]
    [InlineData("a.io/x:v1: b.io/x\n---\n# nothing\n...\n")]
    [InlineData("a.io/x:v1: b.io/x\n...\n")]
    public void An_empty_one_is_nothing(string text) => Assert.Equal("a.io/x b.io/x v1", Assert.Single(Read("a.yaml", text)).Image?.ToListLine());

    [Theory]
    [InlineData("a.yaml", "a.io/x:v1: b.io/x\n---\na: b\nc: [\n", 5, "this is not YAML")]
    [InlineData("a.yaml", "a.io/x:v1: b.io/x\n---\na: b\n\tc: d\n", 4, "a tab is no indentation")]
    [InlineData("a.yaml", "- a.io/x b.io/x v1\n---\n- *x\n---\n- a.io/y\n", 3, "an alias (*) names an anchor")]
    [InlineData("a.yaml", "- a.io/x b.io/x v1\n...\n[: %\n", 3, "this is not YAML")]
    [InlineData("a.yaml", "---\n---\na.io/x:v1: b.io/x\n---\n? [a]\n: b\n", 5, "a key is a list")]
    public void A_further_document_that_is_broken_is_an_error_on_its_line(
        string name, string text, int line, string problem)
    {
        string[] shown = [.. Read(name, text).Shown()];
        Assert.Equal(2, shown.Length);
        Assert.EndsWith(": a.io/x b.io/x v1", shown[0], StringComparison.Ordinal);
        Assert.StartsWith($"{line}! ", shown[1], StringComparison.Ordinal);
        Assert.Contains(problem, shown[1], StringComparison.Ordinal);
        Assert.EndsWith("nothing was read of this document and those after it", shown[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_anchor_ends_with_its_document() =>
        Assert.StartsWith("3! an alias", Read("a.yaml", "- &x a.io/x\n---\n- *x\n").Shown().Last(), StringComparison.Ordinal);

    [Fact]
    public void Aliases_of_all_documents_count_together()
    {
        string tags = string.Join(',', Enumerable.Range(1, 2000).Select(number => $"v{number}"));
        string document = $"- &t [{tags}]\n" + string.Concat(Enumerable.Repeat("- *t\n", 300));
        IReadOnlyList<ImageListEntry> entries = Read("a.yaml", string.Concat(Enumerable.Repeat($"---\n{document}", 3)), ImageListFormat.References);
        Assert.Equal(304, entries[^1].Origin.Number);
        Assert.Contains("1000000 values", entries[^1].Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_format_reads_is_told_what_was_looked_for()
    {
        ImageListFormatException e = Refused("a.yaml", "kind: Pod\nmetadata: {name: x}\n");
        Assert.True(e.IsUnknownFormat);
        Assert.All(DocumentFormat.All, format => Assert.Contains(format.Shape, e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ImageListFormat.References, "a: b", "an array of references is a list")]
    [InlineData(ImageListFormat.Hauler, "kind: Images", "a Hauler manifest has")]
    [InlineData(ImageListFormat.OpenShift, "kind: ImageSetConfiguration", "under \"mirror\"")]
    [InlineData(ImageListFormat.Zarf, "kind: ZarfPackageConfig", "a list under \"components\"")]
    [InlineData(ImageListFormat.Dregsy, "relay: skopeo", "a list under \"tasks\"")]
    [InlineData(ImageListFormat.RancherImageMirror, "Repositories: []", "a list under \"Images\"")]
    public void A_file_that_is_not_what_was_named_is_said_so(ImageListFormat format, string text, string problem)
    {
        ImageListFormatException e = Refused("list", text, format);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Equal(1, e.LineNumber);
    }
}

using System.Text.Json;
using CsCheck;
using MirrorValidate.Core.Tests.ImageLists.Formats;
using MirrorValidate.Core.Tests.References;
using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

/// <summary>
/// Over all formats, entries and errors together are as many as the images that were written, in their order.
/// </summary>
public sealed class NothingDisappearsTests
{
    private static readonly Gen<Pair> Pairs = Gen.Select(
        Part(ReferenceGen.Host), Part(ReferenceGen.Path), Part(ReferenceGen.Tag), ReferenceGen.Host, ReferenceGen.Path,
        (host, path, tag, toHost, toPath) => new Pair($"{host}/{path}", $"{toHost}/{toPath}", tag));

    /// <summary>The formats, each with what writes the images of a file as such a file, one after the other.</summary>
    public static TheoryData<ImageListFormat, string> Formats => new()
    {
        { ImageListFormat.List, "columns.txt" },
        { ImageListFormat.List, "pairs.txt" },
        { ImageListFormat.List, "equals.txt" },
        { ImageListFormat.List, "single.txt" },
        { ImageListFormat.List, "grep.txt" },
        { ImageListFormat.List, "platform.txt" },
        { ImageListFormat.List, "notes.txt" },
        { ImageListFormat.List, "tags.txt" },
        { ImageListFormat.OcMirror, "mapping.txt" },
        { ImageListFormat.Csv, "header.csv" },
        { ImageListFormat.Csv, "plain.csv" },
        { ImageListFormat.SkopeoSync, "sync.yaml" },
        { ImageListFormat.RegSync, "regsync.yaml" },
        { ImageListFormat.RegSync, "anchor.yaml" },
        { ImageListFormat.ImageSyncer, "images.yaml" },
        { ImageListFormat.References, "list.yaml" },
        { ImageListFormat.References, "several.yaml" },
        { ImageListFormat.References, "list.json" },
        { ImageListFormat.Hauler, "hauler.yaml" },
        { ImageListFormat.OpenShift, "imageset.yaml" },
        { ImageListFormat.Zarf, "zarf.yaml" },
        { ImageListFormat.Dregsy, "dregsy.yaml" },
        { ImageListFormat.RancherImageMirror, "config.yaml" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Entries_and_errors_are_as_many_as_images(ImageListFormat format, string name) =>
        Gen.Select(Pairs.Array[1, 40], Layouts).Sample(
            (images, layout) =>
            {
                string text = layout.Apply(Write(name, images), name);
                IReadOnlyList<ImageListEntry> entries = ListText.Read(name, text, format);
                Assert.True(images.Length == entries.Count, $"{images.Length} images, {entries.Count}:\n{text}");
                int[] lines = [.. entries.Select(entry => entry.Origin.Number)];
                Assert.Equal(lines.Order(), lines);
            },
            iter: 40);

    [Theory]
    [MemberData(nameof(Formats))]
    public void They_are_where_the_format_is_told_by_name_and_content_unless_the_file_is_refused(
        ImageListFormat format, string name) => Pairs.Array[1, 12].Sample(
            images =>
            {
                string text = Write(name, images);
                try
                {
                    Assert.True(images.Length == ListText.Read(name, text).Count, $"{format}:\n{text}");
                }
                catch (ImageListFormatException e)
                {
                    Assert.True(e.IsUnknownFormat, $"{e.Message}\n{text}");
                }
            },
            iter: 20);

    [Fact]
    public void Every_format_is_among_them() => Assert.Equal(
        Enum.GetValues<ImageListFormat>().Except([ImageListFormat.Auto]).Order(),
        Formats.Select(row => (ImageListFormat)row[0]).Distinct().Order());

    // Mostly right; sometimes what no reference has.
    private static Gen<string> Part(Gen<string> right) => Gen.Frequency(
        (9, right), (1, Gen.OneOfConst("UPPER", "a b", "x!", "v1:v2", "{{ .Tag }}", "é")));

    private static string Write(string name, Pair[] images) => name switch
    {
        "columns.txt" => Lines(images, image => $"{OneWord(image.From)} {image.To} {OneWord(image.Tag)}"),
        "pairs.txt" => Lines(images, image => $"docker://{image.Source} \"{image.To}\""),
        "equals.txt" => Lines(images, image => $"{image.Source}={image.To}"),
        "single.txt" => Lines(images, image => image.Source),
        "grep.txt" => Lines(images, image => $"chart/x.yaml:   - image: {image.Source}  # {image.To}"),
        "platform.txt" => Lines(images, image => $"--platform=linux/{(image.IsEven ? "amd64" : "")} {image.Source}"),
        "notes.txt" => Lines(images, image => $"{image.Source} chart:1.0.0+up1,{image.Tag}"),
        // One line for all: its tags are the images.
        "tags.txt" => $"quay.io/coreos/etcd {string.Join(',', images.Select(image => OneTag(image.Tag)))}\n",
        "mapping.txt" => Lines(images, image => $"{image.Source}={image.To}:{image.Tag}"),
        "header.csv" => "To,From,Note,Version\n"
            + Lines(images, image => $"{image.To},\"{image.From}\",\"a, b\",{image.Tag}"),
        "plain.csv" => Lines(images, image => $"{image.From};{image.To};{image.Tag}"),
        "sync.yaml" => "quay.io:\n  images:\n    coreos/etcd:\n"
            + Lines(images, image => $"      - {Quoted(image.Tag)}"),
        "regsync.yaml" => "sync:\n" + Lines(
            images, image => $"- {{source: {Quoted(image.Source)}, target: {Quoted(image.To)}, type: image}}"),
        "anchor.yaml" => "x: &x {type: image}\nsync:\n" + Lines(
            images, image => $"- <<: *x\n  source: {Quoted(image.Source)}\n  target: {Quoted(image.To)}"),
        "images.yaml" => Lines(images, image => $"{Quoted(image.Source)}: {Quoted(image.To)}"),
        "list.yaml" => Lines(images, image => $"- {Quoted(image.Source)}"),
        "several.yaml" => Lines(images, image => $"---\n- {Quoted(image.Source)}"),
        "list.json" => $"[\n{string.Join(",\n", images.Select(image => Quoted(image.Source)))}\n]",
        "hauler.yaml" => Lines(
            images,
            image => "---\napiVersion: content.hauler.cattle.io/v1\nkind: Images\n"
                + $"spec: {{images: [{{name: {Quoted(image.Source)}}}]}}"),
        "imageset.yaml" => "kind: ImageSetConfiguration\nmirror:\n  additionalImages:\n"
            + Lines(images, image => $"  - name: {Quoted(image.Source)}"),
        "zarf.yaml" => "kind: ZarfPackageConfig\ncomponents:\n- images:\n"
            + Lines(images, image => $"  - {Quoted(image.Source)}"),
        "dregsy.yaml" => "tasks:\n- source: {registry: quay.io}\n  target: {registry: b.io}\n  mappings:\n" + Lines(
            images,
            image => $"  - {{from: {Quoted(image.From)}, to: {Quoted(image.To)}, tags: [{Quoted(image.Tag)}]}}"),
        _ => "Repositories: [{BaseUrl: b.io/x, Target: true}]\nImages:\n"
            + Lines(images, image => $"- {{SourceImage: {Quoted(image.From)}, Tags: [{Quoted(image.Tag)}]}}"),
    };

    private static string Lines(Pair[] images, Func<Pair, string> write) =>
        string.Concat(images.Select(image => write(image) + "\n"));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string OneWord(string text) => text.Replace(' ', '!');

    private static string OneTag(string text) => OneWord(text).Replace(':', '!');

    private static readonly Gen<Layout> Layouts = Gen.Select(
        Gen.Bool, Gen.OneOfConst("\n", "\r\n", "\r"), Gen.Bool, Gen.Bool,
        (hasMark, lineEnd, hasLastEnd, hasComments) => new Layout(hasMark, lineEnd, hasLastEnd, hasComments));

    /// <summary>What editors and people do to a file without changing what it says.</summary>
    private sealed record Layout(bool HasMark, string LineEnd, bool HasLastEnd, bool HasComments)
    {
        internal string Apply(string text, string name)
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            bool isCsv = name.EndsWith(".csv", StringComparison.Ordinal);
            string comment = name.EndsWith(".json", StringComparison.Ordinal) ? "// a comment" : "# a comment";
            string between = HasComments ? LineEnd + LineEnd + (isCsv ? "" : comment + LineEnd) : LineEnd;
            return (HasMark ? "\uFEFF" : "") + string.Join(between, lines) + (HasLastEnd ? LineEnd : "");
        }
    }

    private sealed record Pair(string From, string To, string Tag)
    {
        internal string Source => $"{From}:{Tag}";

        internal bool IsEven => Tag.Length % 2 == 0;
    }
}

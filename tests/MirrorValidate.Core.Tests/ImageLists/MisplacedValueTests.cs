using MirrorValidate.Core.Tests.ImageLists.Formats;
using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

/// <summary>A value of the wrong type in a document never makes images disappear without an error.</summary>
public sealed class MisplacedValueTests
{
    // Each file has a gap, @, for the value.
    private const string RegSync = "sync:\n- source: a.io/x\n  target: b.io/x\n  type: repository\n";
    private const string Hauler = "apiVersion: content.hauler.cattle.io/v1\nkind: ";
    private const string OpenShift = "kind: ImageSetConfiguration\nmirror: ";
    private const string Zarf = "kind: ZarfPackageConfig\ncomponents: ";
    private const string Dregsy = "tasks:\n- source: {registry: a.io}\n  target: {registry: b.io}\n  mappings: ";
    private const string Rancher = "Repositories: [{BaseUrl: b.io/x, Target: true}]\nImages: ";

    // Neither an image nor a list of images.
    private static readonly string[] s_others = ["null", "''", "{}", "[]", "[[x]]", "{a: b}", "true", "3"];

    /// <summary>Files of one image, with a gap where its name or tag stands.</summary>
    public static TheoryData<ImageListFormat, string> Images => new()
    {
        { ImageListFormat.SkopeoSync, "quay.io: {images: {coreos/etcd: [@]}}" },
        { ImageListFormat.RegSync, RegSync + "  tags: {allow: [@]}" },
        { ImageListFormat.RegSync, RegSync + "  tagSets: [{allow: [@]}]" },
        { ImageListFormat.References, "[@]" },
        { ImageListFormat.Hauler, Hauler + "Images\nspec: {images: [{name: @}]}" },
        { ImageListFormat.OpenShift, OpenShift + "{additionalImages: [{name: @}]}" },
        { ImageListFormat.Zarf, Zarf + "[{images: [@]}]" },
        { ImageListFormat.Zarf, Zarf + "[{imageArchives: [{images: [@]}]}]" },
        { ImageListFormat.Dregsy, Dregsy + "[{from: x, tags: [@]}]" },
        { ImageListFormat.RancherImageMirror, Rancher + "[{SourceImage: a/x, Tags: [@]}]" },
    };

    /// <summary>Files with a gap where a list stands, and what is right there as well.</summary>
    public static TheoryData<ImageListFormat, string, string> Lists => new()
    {
        { ImageListFormat.SkopeoSync, "quay.io: @", "{}" },
        { ImageListFormat.SkopeoSync, "quay.io: {images: @}", "{}" },
        { ImageListFormat.SkopeoSync, "quay.io: {images: {coreos/etcd: @}}", "" },
        { ImageListFormat.RegSync, "sync: @", "" },
        { ImageListFormat.RegSync, "sync: [@]", "" },
        { ImageListFormat.RegSync, RegSync + "  tags: @", "" },
        { ImageListFormat.RegSync, RegSync + "  tags: {allow: @}", "" },
        { ImageListFormat.RegSync, RegSync + "  tags: {allow: [v1]}\n  tagSets: @", "" },
        { ImageListFormat.ImageSyncer, "images: @", "{}" },
        { ImageListFormat.References, "@", "" },
        { ImageListFormat.Hauler, Hauler + "@\nspec: {images: [a.io/x]}", "" },
        { ImageListFormat.Hauler, Hauler + "Images\nspec: @", "" },
        { ImageListFormat.Hauler, Hauler + "Images\nspec: {images: @}", "" },
        { ImageListFormat.Hauler, Hauler + "ImageTxts\nspec: {images: @}", "" },
        { ImageListFormat.Hauler, Hauler + "Charts\nspec: {charts: @}", "[[x]]" },
        { ImageListFormat.OpenShift, OpenShift + "@", "{}" },
        { ImageListFormat.OpenShift, OpenShift + "{additionalImages: @}", "" },
        { ImageListFormat.OpenShift, OpenShift + "{additionalimages: @}", "" },
        { ImageListFormat.OpenShift, OpenShift + "{operators: @}", "" },
        { ImageListFormat.OpenShift, OpenShift + "{platform: {channels: @}}", "" },
        { ImageListFormat.OpenShift, OpenShift + "{helm: [@]}", "" },
        { ImageListFormat.OpenShift, OpenShift + "{helm: {repositories: @}}", "" },
        { ImageListFormat.OpenShift, OpenShift + "{helm: {repositories: [{charts: @}]}}", "" },
        { ImageListFormat.Zarf, Zarf + "@", "" },
        { ImageListFormat.Zarf, Zarf + "[{images: @}]", "" },
        { ImageListFormat.Zarf, Zarf + "[{imageArchives: @}]", "" },
        { ImageListFormat.Dregsy, "tasks: @", "" },
        { ImageListFormat.Dregsy, "tasks: [@]", "" },
        { ImageListFormat.Dregsy, Dregsy + "@", "" },
        { ImageListFormat.Dregsy, Dregsy + "[{from: x, tags: @, digests: [v1]}]", "" },
        { ImageListFormat.RancherImageMirror, Rancher + "@", "" },
        { ImageListFormat.RancherImageMirror, Rancher + "[@]", "" },
        { ImageListFormat.RancherImageMirror, Rancher + "[{SourceImage: a/x, Tags: @}]", "" },
        { ImageListFormat.RancherImageMirror, "Repositories: @\nImages: [{SourceImage: a/x, Tags: [v1]}]", "" },
    };

    /// <summary>Files where a key is there twice, so that a parser that takes the last drops an image.</summary>
    public static TheoryData<ImageListFormat, string> Keys => new()
    {
        { ImageListFormat.RegSync, "sync: [{source: 'a.io/x:v1', target: b.io/x, type: image}]\nsync: []" },
        { ImageListFormat.RegSync, RegSync + "  tags: {allow: [v1]}\n  tags: {allow: [v2]}" },
        { ImageListFormat.ImageSyncer, "images: {'a.io/x:v1': b.io/x}\nimages: {'a.io/x:v2': b.io/x}" },
        { ImageListFormat.Hauler, Hauler + "Images\nspec: {images: [{name: a.io/x}], images: []}" },
        { ImageListFormat.Zarf, Zarf + "[{images: [a.io/x], images: []}]" },
        { ImageListFormat.Dregsy, Dregsy + "[{from: x, tags: [v1], tags: [v2]}]" },
        { ImageListFormat.RancherImageMirror, Rancher + "[{SourceImage: a/x, Tags: [v1], Tags: [v2]}]" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void In_place_of_an_image_it_is_an_error(ImageListFormat format, string text)
    {
        Assert.NotNull(Assert.Single(Read(text, "v1", format)).Image);
        Assert.All(
            s_others.Except(["true", "3"]),
            other => Assert.NotNull(Assert.Single(Read(text, other, format)).Error));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void In_place_of_a_list_it_is_an_error(ImageListFormat format, string text, string right) => Assert.All(
        s_others.Except(["null", "[]", right]),
        other => Assert.NotNull(ErrorOf(text, other, format)));

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_that_is_there_twice_is_an_error(ImageListFormat format, string text) =>
        Assert.Contains("already: put both together", ErrorOf(text, "", format)?.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ImageListFormat.RegSync, RegSync + "  tags: v1")]
    [InlineData(ImageListFormat.RegSync, RegSync + "  tags: {allow: v1}")]
    [InlineData(ImageListFormat.RegSync, RegSync + "  tags: {allow: [[v1]]}")]
    [InlineData(ImageListFormat.RegSync, RegSync + "  tags: {allow: [v1], deny: v1}")]
    [InlineData(ImageListFormat.RegSync, RegSync + "  tags: {deny: [[v1]]}")]
    [InlineData(ImageListFormat.RegSync, RegSync + "  tagSets: {allow: [v1]}")]
    [InlineData(ImageListFormat.Dregsy, Dregsy + "[{from: x, tags: v1}]")]
    [InlineData(ImageListFormat.Dregsy, Dregsy + "[{from: x, tags: [[v1]]}]")]
    [InlineData(ImageListFormat.SkopeoSync, "quay.io: {images: {coreos/etcd: v1}}")]
    public void It_does_not_stand_for_all_tags_of_a_repository(ImageListFormat format, string text)
    {
        ImageListEntry entry = Assert.Single(Read(text, "", format));
        Assert.NotNull(entry.Error);
        Assert.Null(entry.Open);
    }

    // Of an entry, or of the file as a whole.
    private static FormatException? ErrorOf(string text, string value, ImageListFormat format)
    {
        try
        {
            return Read(text, value, format).Select(entry => entry.Error).FirstOrDefault(error => error is not null);
        }
        catch (ImageListFormatException e)
        {
            Assert.NotNull(e.LineNumber);
            return e;
        }
    }

    private static IReadOnlyList<ImageListEntry> Read(string text, string value, ImageListFormat format) =>
        ListText.Read("list.yaml", text.Replace("@", value, StringComparison.Ordinal) + "\n", format);
}

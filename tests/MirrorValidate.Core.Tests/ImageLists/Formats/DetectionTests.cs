using MirrorValidate.ImageLists;
using static MirrorValidate.Core.Tests.ImageLists.Formats.ListText;

namespace MirrorValidate.Core.Tests.ImageLists.Formats;

public sealed class DetectionTests
{
    [Theory]
    // By name.
    [InlineData("list.txt", "a.io/x b.io/x v1")]
    [InlineData("list", "a.io/x b.io/x v1")]
    [InlineData("mirror-validate-failed.txt.partial", "a.io/x b.io/x v1")]
    [InlineData("list.CSV", "Source,Destination,Tag\na.io/x,b.io/x,v1")]
    [InlineData("mapping.txt", "a.io/x:v1=b.io/x:v1")]
    [InlineData("images-Mapping.TXT", "a.io/x:v1=b.io/x:v1")]
    // By content, where the name says little or misleads.
    [InlineData("failed.csv", "a.io/x b.io/x v1")]
    [InlineData("failed.csv", "\n# comment\na.io/x b.io/x v1")]
    [InlineData("mapping.txt", "a.io/x b.io/x v1")]
    [InlineData("a.yaml", "sync: [{source: 'a.io/x:v1', target: 'b.io/x:v1', type: image}]")]
    [InlineData("a.YML", "a.io/x:v1: b.io/x")]
    [InlineData("a.json", "{\"a.io/x:v1\": \"b.io/x\"}")]
    [InlineData("a.json", "{\"images\": {\"a.io/x:v1\": \"b.io/x\"}}")]
    [InlineData("a.json", "[\"a.io/x b.io/x v1\"]")]
    [InlineData("a.yaml", "- a.io/x:v1=b.io/x:v1\n")]
    [InlineData("a.csv", "a.io/x,b.io/x,v1\n")]
    [InlineData("a.csv", "Image,To,Version\na.io/x,b.io/x,v1\n")]
    public void The_format_is_found_out(string name, string text) =>
        Assert.Equal("a.io/x b.io/x v1", Assert.Single(Read(name, text)).Image?.ToListLine());

    [Theory]
    [InlineData("list.csv", ImageListFormat.List, "a.io/x b.io/x v1")]
    [InlineData("list.txt", ImageListFormat.Csv, "Source,Destination,Tag\na.io/x,b.io/x,v1")]
    [InlineData("list.txt", ImageListFormat.OcMirror, "a.io/x:v1=b.io/x:v1")]
    [InlineData("list.txt", ImageListFormat.RegSync, "sync: [{source: 'a.io/x:v1', target: 'b.io/x:v1', type: image}]")]
    [InlineData("list.txt", ImageListFormat.ImageSyncer, "a.io/x:v1: b.io/x")]
    [InlineData("list.conf", ImageListFormat.ImageSyncer, "// rules\n{\"a.io/x:v1\": \"b.io/x\"}")]
    [InlineData("list.conf", ImageListFormat.ImageSyncer, "{\"images\": {\"a.io/x:v1\": \"b.io/x\"}}")]
    public void The_format_may_be_named(string name, ImageListFormat format, string text) =>
        Assert.Equal("a.io/x b.io/x v1", Assert.Single(Read(name, text, format)).Image?.ToListLine());

    [Theory]
    [InlineData("a.yaml", "kind: Pod\nmetadata:\n  name: x\n")]
    [InlineData("a.yaml", "a.io/x b.io/x v1\n")]
    [InlineData("a.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}")]
    [InlineData("a.json", "[{\"Source\": \"a\"}]")]
    [InlineData("auth.json", "{\"quay.io\": {\"username\": \"ada\", \"password\": \"lovelace\"}}")]
    [InlineData("a.yaml", "sync: []\nquay.io:\n  images: {}\n")]
    [InlineData("a.csv", "Name,Owner\nx,v1\n")]
    public void A_format_that_cannot_be_told_is_said_so(string name, string text)
    {
        ImageListFormatException e = Refused(name, text);
        Assert.True(e.IsUnknownFormat);
        Assert.DoesNotContain("lovelace", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.yaml", "")]
    [InlineData("a.yml", "# nothing\n")]
    [InlineData("a.yml", "---\n")]
    [InlineData("a.json", " \n")]
    [InlineData("a.json", "null")]
    [InlineData("a.csv", "")]
    [InlineData("a.csv", "\n\n")]
    [InlineData("a.csv", "Source,Destination,Tag\n")]
    [InlineData("mapping.txt", "")]
    [InlineData("a.txt", "")]
    public void An_empty_file_has_no_entries(string name, string text) => Assert.Empty(Read(name, text));

    [Theory]
    [InlineData(ImageListFormat.SkopeoSync, "[]", "a mapping of registries")]
    [InlineData(ImageListFormat.ImageSyncer, "[]", "a mapping of sources")]
    [InlineData(ImageListFormat.RegSync, "[]", "a list under \"sync\"")]
    [InlineData(ImageListFormat.Csv, "a b c", "no column Source")]
    public void A_file_that_is_not_what_was_named_is_said_so(ImageListFormat format, string text, string problem)
    {
        ImageListFormatException e = Refused("list", text, format);
        Assert.False(e.IsUnknownFormat);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Equal(1, e.LineNumber);
    }

    [Fact]
    public void Nothing_is_opened_before_the_first_entry_is_asked_for()
    {
        IEnumerable<ImageListEntry> entries = ImageListFile.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "list.yaml"));
        Assert.Throws<DirectoryNotFoundException>(() => entries.Any());
    }
}

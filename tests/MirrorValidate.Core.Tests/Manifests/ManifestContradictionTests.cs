using System.Text;
using MirrorValidate.Manifests;
using static MirrorValidate.Core.Tests.Manifests.ManifestText;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>Bytes that clients could read differently (CVE-2021-41190), and bytes that are no manifest.</summary>
public sealed class ManifestContradictionTests
{
    [Theory]
    [InlineData(MediaTypes.OciIndex, MediaTypes.DockerList)]
    [InlineData(MediaTypes.DockerList, MediaTypes.DockerManifest)]
    [InlineData(MediaTypes.OciIndex, "application/vnd.example+json")]
    [InlineData("application/vnd.example+json", MediaTypes.OciIndex)]
    public void A_body_that_says_it_is_something_else_than_its_Content_Type_is_refused(string contentType, string inBody)
    {
        string message = Refuse(With(Index(Entry), $"\"mediaType\":\"{inBody}\""), contentType);
        Assert.Contains(inBody, message, StringComparison.Ordinal);
        Assert.Contains(contentType, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a type")]
    [InlineData("a/b; charset=utf-8")]
    [InlineData("\\u001b[2J/json")]
    [InlineData("application")]
    public void A_media_type_in_the_body_is_one_or_the_body_is_refused(string mediaType)
    {
        string message = Refuse($$"""{"mediaType":"{{mediaType}}"}""", "application/json");
        Assert.DoesNotContain(message, char.IsControl);
    }

    public static TheoryData<string> Both => new()
    {
        { With(Index(Entry), $"\"config\":{Config}") },
        { With(Index(Entry), $"\"layers\":{Layers}") },
        { With(Index(Entry), "\"fsLayers\":[]") },
        { With(Index(), $"\"config\":{Config},\"layers\":{Layers}") },
        { With(Image(), "\"manifests\":[]") },
        { With(Image(), "\"fsLayers\":[]") },
        { With(Schema1, $"\"config\":{Config}") },
        { With(Schema1, "\"layers\":[]") },
    };

    [Theory]
    [MemberData(nameof(Both))]
    public void A_body_is_of_one_kind_whatever_its_type(string json)
    {
        foreach (string? contentType in new[]
            { MediaTypes.OciIndex, MediaTypes.DockerList, MediaTypes.OciManifest, MediaTypes.DockerManifest, MediaTypes.DockerSchema1, "a/b", null })
        {
            Assert.Contains("both", Refuse(json, contentType), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("manifests", "manifests")]
    [InlineData("manifests", "Manifests")]
    [InlineData("manifests", "MANIFESTS")]
    [InlineData("manifests", "manife\\u017fts")]
    [InlineData("mediaType", "mediatype")]
    [InlineData("schemaVersion", "SchemaVersion")]
    public void A_member_that_stands_twice_or_in_other_case_is_refused(string name, string again)
    {
        string message = Refuse(With(Index(Entry), $"\"{again}\":[]"), MediaTypes.OciIndex);
        if (name != "manifests" || again == "manifests")
            message += Refuse(With(With(Index(Entry), $"\"{name}\":\"x/y\""), $"\"{again}\":\"x/y\""), MediaTypes.OciIndex);
        Assert.Contains("ambiguous", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digest", $"\"{Other}\"")]
    [InlineData("Digest", $"\"{Other}\"")]
    [InlineData("platform", "null")]
    [InlineData("Platform", "{}")]
    [InlineData("ſize", "1")]
    public void A_member_of_an_entry_that_stands_twice_or_in_other_case_is_refused(string name, string value) =>
        Assert.Contains("ambiguous", Refuse(Index(With(Entry, $"\"{name}\":{value}")), MediaTypes.OciIndex), StringComparison.Ordinal);

    [Theory]
    [InlineData("architecture")]
    [InlineData("OS")]
    [InlineData("OS.Version")]
    public void A_member_of_a_platform_that_stands_twice_or_in_other_case_is_refused(string name)
    {
        string entry = $$"""{"digest":"{{One}}","platform":{"architecture":"amd64","os":"linux","os.version":"1","{{name}}":"x"} }""";
        Assert.Contains("ambiguous", Refuse(Index(entry), MediaTypes.OciIndex), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("<html>not found</html>")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"manifests\":[],}")]
    [InlineData("{/*c*/}")]
    [InlineData("\uFEFF{}")]
    public void What_is_no_JSON_object_is_no_manifest(string text)
    {
        Refuse(text, MediaTypes.OciIndex);
        Refuse(text, "text/html");
    }

    public static TheoryData<string, string> Retyped => new()
    {
        { """{"schemaVersion":"2","manifests":[]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2.5,"manifests":[]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":1,"manifests":[]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":1e99,"manifests":[]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2,"manifests":{}}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2,"manifests":"x"}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2,"manifests":[null]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2,"manifests":[1]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2,"manifests":[{}]}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2}""", MediaTypes.OciIndex },
        { """{"schemaVersion":2,"mediaType":1,"manifests":[]}""", MediaTypes.OciIndex },
        { Index("""{"digest":null}"""), MediaTypes.OciIndex },
        { Index("""{"digest":7}"""), MediaTypes.OciIndex },
        { Index("""{"digest":"sha256:short"}"""), MediaTypes.OciIndex },
        { Index(Entry.Replace("7", "-1", StringComparison.Ordinal)), MediaTypes.OciIndex },
        { Index(Entry.Replace(":7,", ":7.5,", StringComparison.Ordinal)), MediaTypes.OciIndex },
        { Index(Entry.Replace(":7,", ":\"7\",", StringComparison.Ordinal)), MediaTypes.OciIndex },
        { Index(Entry.Replace(":7,", ":99999999999999999999,", StringComparison.Ordinal)), MediaTypes.OciIndex },
        { Index($$"""{"digest":"{{One}}","platform":"linux/amd64"}"""), MediaTypes.OciIndex },
        { Index($$"""{"digest":"{{One}}","platform":{"os":1} }"""), MediaTypes.OciIndex },
        { Index($$"""{"digest":"{{One}}","platform":{"os.features":"x"} }"""), MediaTypes.OciIndex },
        { Index($$"""{"digest":"{{One}}","annotations":[]}"""), MediaTypes.OciIndex },
        { Index($$"""{"digest":"{{One}}","annotations":{"k":1} }"""), MediaTypes.OciIndex },
        { """{"schemaVersion":2,"layers":[]}""", MediaTypes.OciManifest },
        { """{"schemaVersion":2,"config":null,"layers":[]}""", MediaTypes.DockerManifest },
        { Image("[]"), MediaTypes.OciManifest },
        { Image("{}"), MediaTypes.OciManifest },
        { Image(Config, "{}"), MediaTypes.OciManifest },
        { Image(Config, "[{}]"), MediaTypes.OciManifest },
        { Index(Entry), MediaTypes.OciManifest },
        { Image(), MediaTypes.OciIndex },
    };

    [Theory]
    [MemberData(nameof(Retyped))]
    public void Members_of_another_type_are_refused(string json, string mediaType) => Refuse(json, mediaType);

    [Fact]
    public void Texts_that_are_no_UTF_8_are_refused()
    {
        byte[] spoiled = Encoding.Latin1.GetBytes(Index(Entry).Replace("linux", "lin\u00ffx", StringComparison.Ordinal));
        Assert.Throws<ManifestFormatException>(() => ManifestReader.Read(spoiled, MediaTypes.OciIndex));
        byte[] spoiledName = Encoding.Latin1.GetBytes(With(Index(Entry), "\"\u00ff\":1"));
        Assert.Throws<ManifestFormatException>(() => ManifestReader.Read(spoiledName, MediaTypes.OciIndex));
        Refuse(Index(Entry.Replace("linux", "\\ud800", StringComparison.Ordinal)), MediaTypes.OciIndex);
        Refuse(With(Index(Entry), "\"\\udc00\":1"), MediaTypes.OciIndex);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(100, true)]
    [InlineData(1_000_000, true)]
    public void Deep_nesting_is_refused_and_ends_no_process(int depth, bool isRefused)
    {
        string json = With(Index(Entry), $"\"x\":{new string('[', depth)}{new string(']', depth)}");
        if (isRefused) Refuse(json, MediaTypes.OciIndex);
        else Assert.IsType<ManifestIndex>(Read(json, MediaTypes.OciIndex));
    }

    [Fact]
    public void Ten_thousand_entries_are_read_and_more_than_the_limit_is_over_the_limit()
    {
        string[] entries = [.. Enumerable.Repeat(Entry, 10_000)];
        Assert.Equal(10_000, Assert.IsType<ManifestIndex>(Read(Index(entries), MediaTypes.OciIndex)).Entries.Count);
        string tooMany = Index([.. Enumerable.Repeat("0", ManifestReader.MaximumEntries + 1)]);
        ManifestLimitException e = Assert.Throws<ManifestLimitException>(() => Read(tooMany, MediaTypes.OciIndex));
        Assert.Contains("50001", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_repeat_no_control_characters_and_nothing_endless()
    {
        string digest = "\\u001b[2J\\n" + new string('x', 100_000);
        string message = Refuse(Index($$"""{"digest":"{{digest}}"}"""), MediaTypes.OciIndex);
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 1, 500);
    }
}

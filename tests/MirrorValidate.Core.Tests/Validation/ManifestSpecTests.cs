using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Specs as image-tools prints them.</summary>
public sealed class ManifestSpecTests
{
    private static readonly Platform Windows = new()
    {
        Architecture = "amd64",
        OS = "windows",
        Variant = "v2",
        OSVersion = "10.0.1",
        OSFeatures = ["win32k"],
    };

    [Fact]
    public void A_spec_is_compact_JSON_with_lower_case_keys_and_without_what_is_absent()
    {
        Assert.Equal("""{"digest":"d"}""", new ManifestSpec("d", null).ToString());
        Assert.Equal("""{"digest":"d","platform":{}}""", new ManifestSpec("d", new Platform()).ToString());
        Assert.Equal(
            """{"digest":"d","platform":{"architecture":"amd64","os":"linux"}}""",
            new ManifestSpec("d", new Platform { Architecture = "amd64", OS = "linux" }).ToString());
        Assert.Equal(
            """{"digest":"d","platform":{"architecture":"amd64","os":"windows","os.version":"10.0.1","os.features":["win32k"],"variant":"v2"}}""",
            new ManifestSpec("d", Windows).ToString());
    }

    [Fact]
    public void Specs_are_a_JSON_array()
    {
        Assert.Equal("[]", ManifestSpecCollection.Empty.ToString());
        Assert.Equal("""[{"digest":"a"},{"digest":"b"}]""", new ManifestSpecCollection([new("a", null), new("b", null)]).ToString());
    }

    [Fact]
    public void Specs_are_indented_by_four_blanks_for_the_log()
    {
        string expected =
            """
            [
                {
                    "digest": "a",
                    "platform": {
                        "architecture": "amd64",
                        "os": "windows",
                        "os.version": "10.0.1",
                        "os.features": [
                            "win32k"
                        ],
                        "variant": "v2"
                    }
                },
                {
                    "digest": "b"
                }
            ]
            """.ReplaceLineEndings("\n");
        Assert.Equal(expected, ManifestSpecJson.Indented([new("a", Windows), new("b", null)]));
        Assert.Equal("[]", ManifestSpecJson.Indented([]));
    }

    [Fact]
    public void What_a_registry_says_stays_inside_its_text()
    {
        var spec = new ManifestSpec("d", new Platform { Architecture = "a\"},{\u001b[2J\n", OS = "</script>" });
        Assert.DoesNotContain(spec.ToString(), char.IsControl);
        using JsonDocument document = JsonDocument.Parse(spec.ToString());
        Assert.Equal(spec.Platform!.Architecture, document.RootElement.GetProperty("platform").GetProperty("architecture").GetString());
    }
}

using System.Text;
using MirrorValidate.Manifests;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>How an image was built, as its config tells (OCI image-spec, config.md).</summary>
public sealed class ImageBuildTests
{
    [Theory]
    [InlineData("\"2024-01-02T03:04:05Z\"", "2024-01-02T03:04:05.0000000+00:00")]
    [InlineData("\"2024-01-02T03:04:05.5+02:00\"", "2024-01-02T03:04:05.5000000+02:00")]
    [InlineData("\"2024-01-02T03:04:05\"", "2024-01-02T03:04:05.0000000+00:00")]
    [InlineData("\"1981-01-01T00:00:00Z\"", "1981-01-01T00:00:00.0000000+00:00")]
    [InlineData("\"1980-12-31T23:59:59Z\"", null)]
    [InlineData("\"1981-01-01T00:00:00+01:00\"", null)]
    [InlineData("\"1970-01-01T00:00:00Z\"", null)]
    [InlineData("\"yesterday\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("1704164645", null)]
    [InlineData("null", null)]
    public void The_creation_time_is_a_date_after_1980_or_unknown(string created, string? expected) =>
        Assert.Equal(expected, Read($$"""{"created":{{created}}}""").Created?.ToString("O"));

    [Theory]
    [InlineData("""{"diff_ids":["sha256:a","sha256:b"]}""", "sha256:a sha256:b")]
    [InlineData("""{"diff_ids":[]}""", "")]
    [InlineData("""{"diff_ids":["sha256:a",1]}""", "")]
    [InlineData("""{"diff_ids":{}}""", "")]
    [InlineData("""{"diff_ids":"sha256:a"}""", "")]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public void The_unpacked_layers_are_known_when_all_are_strings(string rootfs, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read($$"""{"rootfs":{{rootfs}}}""").DiffIds));

    [Fact]
    public void An_empty_config_has_no_date_no_layers_and_no_settings()
    {
        ImageBuild build = Read("{}");
        Assert.Null(build.Created);
        Assert.Empty(build.DiffIds);
        Assert.Equal("", build.Settings);
    }

    [Theory]
    [InlineData("Cmd", "[\"x\"]")]
    [InlineData("Entrypoint", "[\"x\"]")]
    [InlineData("Env", "[\"A=b\"]")]
    [InlineData("ExposedPorts", "{\"80/tcp\":{}}")]
    [InlineData("Labels", "{\"k\":\"v\"}")]
    [InlineData("StopSignal", "\"SIGINT\"")]
    [InlineData("User", "\"nobody\"")]
    [InlineData("Volumes", "{\"/data\":{}}")]
    [InlineData("WorkingDir", "\"/app\"")]
    public void Only_the_settings_that_OCI_defines_count(string name, string value) =>
        Assert.Equal(
            $$"""{"{{name}}":{{value}}}""",
            Settings($$"""{"Hostname":"h","{{name}}":{{value}},"OnBuild":["x"]}"""));

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void An_empty_setting_equals_an_absent_one(string value) =>
        Assert.Equal("{}", Settings($$"""{"Cmd":{{value}}}"""));

    [Theory]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("[\"\"]")]
    public void A_setting_of_an_unexpected_type_still_counts(string value) =>
        Assert.Equal($$"""{"User":{{value}}}""", Settings($$"""{"User":{{value}}}"""));

    [Fact]
    public void The_order_of_members_does_not_matter_at_any_depth()
    {
        const string one = """{"User":"u","Labels":{"b":{"d":"2","c":"1"},"a":"0"},"Cmd":["y","x"]}""";
        const string other = """{"Cmd":["y","x"],"Labels":{"a":"0","b":{"c":"1","d":"2"}},"User":"u"}""";
        Assert.Equal("""{"Cmd":["y","x"],"Labels":{"a":"0","b":{"c":"1","d":"2"}},"User":"u"}""", Settings(one));
        Assert.Equal(Settings(other), Settings(one));
    }

    [Fact]
    public void The_order_of_a_command_matters() =>
        Assert.NotEqual(Settings("""{"Cmd":["x","y"]}"""), Settings("""{"Cmd":["y","x"]}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public void Settings_that_are_not_an_object_are_empty(string config) => Assert.Equal("", Settings(config));

    [Theory]
    [InlineData("[]", "the image config is not a JSON object")]
    [InlineData("\"x\"", "the image config is not a JSON object")]
    [InlineData("", "the image config is not JSON")]
    [InlineData("""{"created":"\ud800"}""", "a text of the image config is not valid UTF-8")]
    [InlineData("""{"config":{"Labels":{"\ud800":"x"}}}""", "a text of the image config is not valid UTF-8")]
    public void Anything_but_a_config_is_refused(string json, string problem) =>
        Assert.Equal(problem, Assert.Throws<ManifestFormatException>(() => Read(json)).Message);

    private static ImageBuild Read(string json) => ImageBuild.Read(Encoding.UTF8.GetBytes(json));

    private static string Settings(string config) => Read($$"""{"config":{{config}}}""").Settings;
}

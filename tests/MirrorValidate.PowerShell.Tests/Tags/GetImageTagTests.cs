using System.Management.Automation;
using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.Tags;

/// <summary>The tags of a repository.</summary>
public sealed class GetImageTagTests : ModuleTest
{
    private string Repository => $"{Registries.Source.Host}/library/x";

    [Fact]
    public void Each_tag_is_an_object_that_says_the_image()
    {
        Tag("1.27");
        Outcome outcome = Shell.Run($"Get-ImageTag {Repository}");
        Assert.Equal(
            (Repository, "1.27", $"{Repository}:1.27"),
            (outcome.Text("Source"), outcome.Text("Tag"), outcome.Text("Image")));
        Assert.Equal($"{Repository}:1.27", outcome.Only.ToString());
    }

    [Theory]
    [InlineData("-Match '^1'", "1.0 1.1 1.1-RC.1")]
    [InlineData("-Match rc", "1.1-RC.1")]
    [InlineData("-Match '^1', latest", "1.0 1.1 1.1-RC.1 latest")]
    [InlineData("-Exclude rc, '^l'", "1.0 1.1 2.0 v3")]
    [InlineData("-SemVer '>=1.1'", "1.1 2.0 v3")]
    [InlineData("-SemVer '<1.1', '>=3'", "1.0 v3")]
    [InlineData("-SemVer '>=1.1-0 <2'", "1.1 1.1-RC.1")]
    [InlineData("-SemVer '>=1' -Match '0$' -Exclude '^1'", "2.0")]
    [InlineData("-Match '^(?!.*rc)1[.]1'", "1.1")]
    [InlineData("-Match nothing", "")]
    public void They_can_be_filtered(string filter, string tags)
    {
        Tag("1.0", "1.1", "1.1-RC.1", "2.0", "latest", "v3");
        Outcome outcome = Shell.Run($"Get-ImageTag {Repository} {filter}");
        Assert.Equal(tags, string.Join(' ', outcome.Output.Select(tag => tag.Text("Tag"))));
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void Repositories_come_by_value_and_by_property()
    {
        Tag("a");
        Assert.Equal(2, Shell.Run($"'{Repository}', '{Repository}' | Get-ImageTag").Output.Count);
        foreach (string property in new[] { "Repository", "Source", "Image" })
            Assert.Single(Shell.Run($"[pscustomobject]@{{ {property} = '{Repository}' }} | Get-ImageTag").Output);
    }

    [Fact]
    public void A_page_is_written_before_the_next_one_is_asked_for()
    {
        Tag("a", "b", "c");
        Registries.Source.Options.TagsPageSize = 1;
        Assert.Equal("a", Shell.Run($"Get-ImageTag {Repository} | Select-Object -First 1").Text("Tag"));
        Assert.Equal(1, Registries.Source.Requests.Count);
    }

    [Fact]
    public void Two_whole_repositories_are_compared_in_a_line()
    {
        Registries.Add("x", Embedded.Images.SampleImages.DockerList("x"), "v1");
        Registries.Add("x", Embedded.Images.SampleImages.DockerList("x"), destination: null, "v2");
        Outcome outcome = Shell.Run(
            $"Get-ImageTag {Repository} | Test-MirrorImage -DestinationRegistry {Registries.Destination.Host} "
            + "-DestinationProject mirror -PreserveOrder");
        Assert.Equal(["v1 Passed", "v2 Failed"], outcome.Output.Select(one => $"{one.Text("Tag")} {one.Text("Status")}"));
        Assert.Equal(
            ["v1", "v2"],
            Shell.Run($"Get-ImageTag {Repository} | Get-ManifestList").Output.Select(one => one.Text("Image").Split(':')[^1]));
    }

    [Theory]
    [InlineData(401, "Unauthorized", ErrorCategory.AuthenticationError)]
    [InlineData(403, "Forbidden", ErrorCategory.PermissionDenied)]
    [InlineData(404, "RepositoryNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(429, "RateLimited", ErrorCategory.QuotaExceeded)]
    [InlineData(500, "RegistryUnavailable", ErrorCategory.ResourceUnavailable)]
    public void A_repository_that_cannot_be_listed_is_an_error_and_the_next_is_listed(
        int status, string errorId, ErrorCategory category)
    {
        Tag("a");
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/y/*", Status = status });
        Outcome outcome = Shell.Run($"Get-ImageTag {Registries.Source.Host}/library/y, {Repository} -MaximumRetryCount 0 -TimeoutSec 5");
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Equal($"{errorId},MirrorValidate.PowerShell.Commands.GetImageTagCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains($"{Registries.Source.Host}: GET /v2/library/y/tags/list: {status}", error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal("a", outcome.Text("Tag"));
    }

    [Theory]
    [InlineData("x:v1", "has a tag or a digest")]
    [InlineData("oci:/tmp/x", "Get-StoreImage")]
    [InlineData("UPPER", "lower case")]
    public void What_is_no_repository_is_an_error(string name, string words)
    {
        ErrorRecord error = Assert.Single(Shell.Run($"Get-ImageTag {name}").Errors);
        Assert.StartsWith("InvalidRepository,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Match", "*-rc*", "InvalidExpression")]
    [InlineData("-Exclude", "(", "InvalidExpression")]
    [InlineData("-SemVer", ">=one", "InvalidRange")]
    public void A_filter_that_cannot_be_read_ends_the_command_before_anything_is_asked(
        string parameter, string text, string errorId)
    {
        Outcome outcome = Shell.Run($"Get-ImageTag {Repository} {parameter} '{text}'");
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"{parameter}: \"{text}\"", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Registries.Source.Requests.Count);
    }

    [Fact]
    public void An_expression_that_takes_too_long_ends_the_command()
    {
        Tag(new string('a', 120) + "_");
        Outcome outcome = Shell.Run($"Get-ImageTag {Repository} -Match '^(?=(a+)+$)a'");
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.StartsWith("SlowExpression,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_registry_lists_and_is_no_tag_is_an_error_without_control_characters()
    {
        Registries.Source.Faults.Add(new Fault
        {
            Path = "*/tags/list",
            ContentType = "application/json",
            Body = "{\"tags\":[\"a\",\"\\u001b[2J\",\"b\"]}",
        });
        Outcome outcome = Shell.Run($"Get-ImageTag {Repository}");
        Assert.Equal(["a", "b"], outcome.Output.Select(tag => tag.Text("Tag")));
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.StartsWith("InvalidTag,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Exception.Message);
    }

    private void Tag(params string[] tags) => Array.ForEach(
        tags, tag => Registries.Source.Store.Tag("library/x", tag, "sha256:none"));
}

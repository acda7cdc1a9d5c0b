using System.Management.Automation;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.Tags;

/// <summary>Lists that leave their tags to the source, with and without <c>-ResolveTag</c>.</summary>
public sealed class ResolveTagTests : ModuleTest
{
    [Fact]
    public void Without_it_they_are_errors_that_say_what_to_add_and_no_registry_is_asked()
    {
        Tags("x", "1.0", "2.0");
        WriteList("tags: {allow: ['1.*']}");
        Outcome import = Shell.Run("Import-MirrorList r.yml");
        ErrorRecord error = Assert.Single(import.Errors);
        Assert.StartsWith("InvalidLine,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("add -ResolveTag", error.Exception.Message, StringComparison.Ordinal);
        Outcome test = Shell.Run("Test-MirrorImage r.yml -NoFailedList");
        Assert.Equal(("Error", "InvalidLine"), (test.Text("Status"), test.Text("Reason")));
        Assert.Equal(0, Registries.Source.Requests.Count);
    }

    [Fact]
    public void With_it_there_is_an_entry_for_each_tag()
    {
        Tags("x", "1.0", "1.1", "2.0");
        WriteList("tags: {allow: ['1.*', '2.0']}");
        Outcome outcome = Shell.Run("Import-MirrorList r.yml -ResolveTag -Verbose");
        Assert.Equal(["1.0", "1.1", "2.0"], outcome.Output.Select(entry => entry.Text("Tag")));
        Assert.All(outcome.Output, entry => Assert.Equal("3", entry.Text("LineNumber")));
        Assert.Contains(
            $"[INFO] expand {Registries.Source.Host}/library/x: 2 of 3 tags that match \"1.*\"",
            Assert.Single(outcome.Verbose),
            StringComparison.Ordinal);
        Assert.Equal(1, Registries.Source.Requests.Count);
    }

    [Fact]
    public void They_are_validated_in_their_place_and_numbered_in_order()
    {
        Tags("x", "1.0", "1.1");
        string list = WriteList("tags: {allow: ['1.*']}", $"- {{source: '{Source}/y:v1', target: '{Target}/y:v1', type: image}}");
        Registries.Add("y", SampleImages.DockerList("y"));
        Outcome outcome = Shell.Run($"Test-MirrorImage {list} -ResolveTag -PreserveOrder");
        Assert.Equal(
            ["1 1.0 Passed 3", "2 1.1 Passed 3", "3 v1 Passed 4"],
            outcome.Output.Select(one => $"{one.Text("Id")} {one.Text("Tag")} {one.Text("Status")} {one.Text("LineNumber")}"));
        // What was asked for tags counts for no entry.
        Assert.Equal(outcome.Output[2].Text("RequestCount"), outcome.Output[0].Text("RequestCount"));
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void Files_of_Get_ChildItem_are_resolved_too()
    {
        Tags("x", "1.0");
        WriteList("tags: {allow: ['1.*']}");
        Assert.Equal("Passed", Shell.Run("Get-ChildItem r.yml | Test-MirrorImage -ResolveTag").Text("Status"));
    }

    [Fact]
    public void The_source_of_the_run_is_asked()
    {
        Tags("x", "1.0");
        Shell.WriteFile("sync.yml", "elsewhere.example:", "  images: {library/x: []}");
        Outcome outcome = Shell.Run($"Test-MirrorImage sync.yml -ResolveTag {Override} -DestinationProject mirror");
        Assert.Equal(("Passed", "1.0"), (outcome.Text("Status"), outcome.Text("Tag")));
    }

    [Fact]
    public void No_tag_is_an_error_in_the_failed_list_and_the_rest_goes_on()
    {
        Tags("x", "1.0");
        WriteList("tags: {allow: ['9.*', '1.*']}");
        Outcome outcome = Shell.Run("Test-MirrorImage r.yml -ResolveTag -PreserveOrder");
        Assert.Equal(["SourceNotFound", "None"], outcome.Output.Select(one => one.Text("Reason")));
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Contains("r.yml, line 3: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("/library/x has no tags that match \"9.*\" (it has 1)", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal([$"{Source}/x: 9.*"], File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt")));
        Assert.Equal("InvalidLine", Shell.Run("Test-MirrorImage mirror-validate-failed.txt").Text("Reason"));
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "SourceNotFound")]
    [InlineData(500, "RegistryUnavailable")]
    public void What_the_registry_says_is_the_reason(int status, string reason)
    {
        WriteList("tags: {allow: ['1.*']}");
        Registries.Source.Faults.Add(new Fault { Path = "*/tags/list", Status = status });
        Outcome test = Shell.Run("Test-MirrorImage r.yml -ResolveTag -MaximumRetryCount 0 -NoFailedList");
        Assert.Equal(("Error", reason), (test.Text("Status"), test.Text("Reason")));
        Assert.Contains($"r.yml, line 3: source registry {Registries.Source.Host}: GET /v2/library/x/tags/list: {status}", test.Text("Message"), StringComparison.Ordinal);
        Assert.StartsWith($"{reason},", Assert.Single(test.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Outcome import = Shell.Run("Import-MirrorList r.yml -ResolveTag -MaximumRetryCount 0");
        Assert.StartsWith($"{reason},", Assert.Single(import.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(import.Output);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_while_tags_are_asked_for()
    {
        WriteList("tags: {allow: ['1.*']}");
        Registries.Source.Faults.Add(new Fault { Path = "*/tags/list", HangForever = true });
        foreach (string command in new[] { "Test-MirrorImage r.yml -ResolveTag", "Import-MirrorList r.yml -ResolveTag", $"Get-ImageTag {Source}/x" })
        {
            long before = Registries.Source.Requests.Count;
            using RunningScript script = Shell.Start(command);
            await Patience.UntilAsync(() => Registries.Source.Requests.Count > before, "a request that hangs");
            await script.StopAsync();
            await Patience.UntilAsync(() => Registries.Source.Requests.Concurrency == 0, "no request in flight");
        }
    }

    private string Source => $"{Registries.Source.Host}/library";

    private string Target => $"{Registries.Destination.Host}/mirror";

    private void Tags(string name, params string[] tags)
    {
        foreach (string tag in tags) Registries.Add(name, SampleImages.DockerList(name), tag);
    }

    private string WriteList(string tags, params string[] more)
    {
        Shell.WriteFile(
            "r.yml",
            ["version: 1", "sync:", $"- {{source: {Source}/x, target: {Target}/x, type: repository, {tags}}}", .. more]);
        return "r.yml";
    }
}

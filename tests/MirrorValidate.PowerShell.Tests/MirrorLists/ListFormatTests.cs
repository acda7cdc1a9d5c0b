using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests.MirrorLists;

/// <summary>Lists that are written for other tools.</summary>
public sealed class ListFormatTests : ModuleTest
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string> Formats => new()
    {
        { "list.csv", "Tag,Source,Destination\nv1,a.io/x,b.io/x\nv2=v3,a.io/y,b.io/y\n" },
        { "regsync.yaml", "sync:\n- {source: 'a.io/x:v1', target: 'b.io/x:v1', type: image}\n- {source: 'a.io/y:v2', target: 'b.io/y:v3', type: image}\n" },
        { "images.yml", "a.io/x:v1: b.io/x\na.io/y:v2: b.io/y:v3\n" },
        { "images.json", "{\"a.io/x:v1\": \"b.io/x\",\n\"a.io/y:v2\": [\"b.io/y:v3\"]}" },
        { "mapping.txt", "docker://a.io/x:v1=docker://b.io/x:v1\na.io/y:v2=b.io/y:v3\n" },
        { "list.txt", "a.io/x b.io/x v1\na.io/y b.io/y v2=v3\n" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_format_is_found_out_and_survives_being_exported(string name, string text)
    {
        File.WriteAllText(Shell.FilePath(name), text);
        Outcome outcome = Shell.Run($"Import-MirrorList {name} | Export-MirrorList out.txt");
        Assert.Empty(outcome.Errors);
        Assert.Equal("a.io/x b.io/x v1\na.io/y b.io/y v2=v3\n", File.ReadAllText(Shell.FilePath("out.txt")));
        Shell.Run("Import-MirrorList out.txt | Export-MirrorList again.txt");
        Assert.Equal(File.ReadAllText(Shell.FilePath("out.txt")), File.ReadAllText(Shell.FilePath("again.txt")));
    }

    [Fact]
    public void A_file_of_skopeo_sync_gives_single_references_or_with_a_destination_what_skopeo_made_of_them()
    {
        Shell.WriteFile("sync.yml", "quay.io:", "  images:", "    coreos/etcd:", "      - v3.5", $"      - {Digest}");
        string[] Lines(string arguments)
        {
            Outcome outcome = Shell.Run($"Import-MirrorList sync.yml {arguments} | Export-MirrorList out.txt");
            Assert.Empty(outcome.Errors);
            return File.ReadAllLines(Shell.FilePath("out.txt"));
        }

        Assert.Equal(["quay.io/coreos/etcd:v3.5", $"quay.io/coreos/etcd@{Digest}"], Lines(""));
        Assert.Equal(["quay.io/coreos/etcd b.io/m/etcd v3.5", $"quay.io/coreos/etcd b.io/m/etcd {Digest}"], Lines("-Destination b.io/m"));
        Assert.Equal(["quay.io/coreos/etcd b.io/m/etcd v3.5", $"quay.io/coreos/etcd b.io/m/etcd {Digest}"], Lines("-Destination docker://b.io/m/"));
        Assert.Equal(
            ["quay.io/coreos/etcd b.io/m/quay.io/coreos/etcd v3.5", $"quay.io/coreos/etcd b.io/m/quay.io/coreos/etcd {Digest}"],
            Lines("-Destination b.io/m -Scoped"));
    }

    [Theory]
    [InlineData("mirror")]
    [InlineData("b.io/UPPER")]
    [InlineData("https://b.io/m")]
    [InlineData("b.io/m:v1")]
    public void A_destination_that_is_no_place_in_a_registry_ends_the_command(string place)
    {
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(Shell.Run($"Import-MirrorList list.txt -Destination '{place}'").Terminating).ErrorRecord;
        Assert.Equal("InvalidDestination,MirrorValidate.PowerShell.Commands.ImportMirrorListCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains(place.TrimEnd('/'), error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_format_may_be_named()
    {
        Shell.WriteFile("list.txt", "Source;Tag", "a.io/x;v1");
        Assert.Equal("a.io/x", Shell.Run("Import-MirrorList list.txt -Format Csv").Text("Source"));
        Assert.Equal("a.io/x", Shell.Run("Import-MirrorList -LiteralPath list.txt -Format csv").Text("Source"));
        Assert.Equal(
            ["Auto", "Csv", "ImageSyncer", "List", "OcMirror", "RegSync", "SkopeoSync"],
            Shell.Run("(TabExpansion2 'Import-MirrorList x -Format ' 28).CompletionMatches.CompletionText").Output.Select(text => text.ToString()));
    }

    [Fact]
    public void A_format_that_cannot_be_told_is_an_error_that_names_the_file_and_the_other_files_go_on()
    {
        string unknown = Shell.WriteFile("1.yaml", "kind: Pod");
        string broken = Shell.WriteFile("2.json", "{", "\"password\": lovelace");
        Shell.WriteFile("3.csv", "Source,Tag", "a.io/x,v1");
        Outcome outcome = Shell.Run("Import-MirrorList [123].*");
        Assert.Equal("a.io/x", outcome.Text("Source"));
        Assert.Equal(2, outcome.Errors.Count);
        Assert.Equal("ImageListFormatUnknown,MirrorValidate.PowerShell.Commands.ImportMirrorListCommand", outcome.Errors[0].FullyQualifiedErrorId);
        Assert.Contains(unknown, outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Format", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal("ImageListMalformed,MirrorValidate.PowerShell.Commands.ImportMirrorListCommand", outcome.Errors[1].FullyQualifiedErrorId);
        Assert.StartsWith($"cannot read the image list {broken}: line 2: ", outcome.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lovelace", outcome.Errors[1].Exception.ToString(), StringComparison.Ordinal);
        Assert.All(outcome.Errors, error => Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category));
        Assert.All(outcome.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void An_entry_that_cannot_be_read_is_an_error_with_its_line_and_the_others_go_on()
    {
        string list = Shell.WriteFile("sync.yaml", "quay.io:", "  images:", "    a: []", "    b: [v1]", "  images-by-semver:", "    c: '>= 1'");
        Outcome outcome = Shell.Run("Import-MirrorList sync.yaml");
        Assert.Equal("quay.io/b", outcome.Text("Source"));
        Assert.Equal("4", outcome.Text("LineNumber"));
        Assert.Equal(list, outcome.Text("Path"));
        Assert.Equal(2, outcome.Errors.Count);
        Assert.All(outcome.Errors, error => Assert.Equal("InvalidLine,MirrorValidate.PowerShell.Commands.ImportMirrorListCommand", error.FullyQualifiedErrorId));
        Assert.StartsWith($"{list}, line 3: ", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{list}, line 6: ", outcome.Errors[1].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_another_tool_is_tested_and_its_failed_list_tested_again()
    {
        Right("a");
        Stale("b");
        string source = Registries.Source.Host;
        string destination = Registries.Destination.Host;
        Shell.WriteFile(
            "images.yaml", $"{source}/library/a:v1: {destination}/mirror/a", $"{source}/library/b:v1: {destination}/mirror/b", $"{source}/library/c: {destination}/mirror/c");
        Outcome outcome = Shell.Run("Test-MirrorImage images.yaml -PreserveOrder");
        Assert.Equal(["Passed", "Failed", "Error"], outcome.Output.Select(result => result.Text("Status")));
        Assert.Equal(["1", "2", "3"], outcome.Output.Select(result => result.Text("Id")));
        Assert.Equal(["1", "2", "3"], outcome.Output.Select(result => result.Text("LineNumber")));
        Assert.Equal("InvalidLine", outcome.Output[2].Text("Reason"));
        string[] failed = File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt"));
        Assert.Equal([$"{source}/library/b {destination}/mirror/b v1", $"{source}/library/c: {destination}/mirror/c"], failed);
        Right("b");
        Assert.Equal(
            ["Passed", "Error"],
            Shell.Run("Test-MirrorImage mirror-validate-failed.txt -PreserveOrder").Output.Select(result => result.Text("Status")));
    }

    [Fact]
    public void Entries_that_were_imported_are_tested()
    {
        Right("a");
        Shell.WriteFile("sync.yml", $"\"{Registries.Source.Host}\":", "  images:", "    library/a: [v1]");
        Assert.Equal("Passed", Shell.Run($"Import-MirrorList sync.yml -Destination {Registries.Destination.Host}/mirror | Test-MirrorImage").Text("Status"));
    }

    [Fact]
    public void Results_that_were_saved_are_tested_again()
    {
        Stale("a");
        PSObject result = Shell.Run("Test-MirrorImage", $"{Registries.Source.Host}/library/a {Registries.Destination.Host}/mirror/a v1", "two fields").Output[0];
        string[] columns = [.. result.Properties.Select(property => property.Name)];
        Shell.WriteFile(
            "results.csv",
            "#TYPE MirrorValidate.Validation.MirrorImageResult",
            string.Join(',', columns),
            string.Join(',', columns.Select(column => $"\"{result.Text(column).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        Assert.Equal("SpecMismatch", Shell.Run("Test-MirrorImage results.csv").Text("Reason"));
    }

    [Fact]
    public void A_source_pinned_by_digest_is_compared_with_what_the_tag_at_the_destination_is()
    {
        BuiltManifest image = SampleImages.DockerList("pinned");
        Registries.Add("pinned", image);
        Registries.Add("moved", image, SampleImages.DockerList("another"));
        string Mapping(string name) => $"{Registries.Source.Host}/library/{name}@{image.Digest}={Registries.Destination.Host}/mirror/{name}:v1";
        Shell.WriteFile("mapping.txt", Mapping("pinned"), Mapping("moved"));
        Outcome outcome = Shell.Run("Test-MirrorImage mapping.txt -PreserveOrder -Verbose");
        Assert.Equal(["Passed", "Failed"], outcome.Output.Select(result => result.Text("Status")));
        Assert.Equal($"{image.Digest}=v1", outcome.Output[0].Text("Tag"));
        Assert.Contains(
            outcome.Verbose,
            line => line.EndsWith($"PASS [{Registries.Source.Host}/library/pinned:{image.Digest}] == [{Registries.Destination.Host}/mirror/pinned:v1]", StringComparison.Ordinal));
        Assert.Equal("SpecMismatch", Assert.Single(Shell.Run("Test-MirrorImage mirror-validate-failed.txt").Output).Text("Reason"));
    }

    [Fact]
    public void A_file_that_could_not_be_read_is_not_all_right()
    {
        Shell.WriteFile("list.yaml", "kind: Pod");
        Outcome outcome = Shell.Run("Test-MirrorImage list.yaml -Quiet");
        Assert.Equal("False", outcome.Only.ToString());
        Assert.Equal("ImageListFormatUnknown,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", Assert.Single(outcome.Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("list.txt", "a.io/x b.io/x v1", "")]
    [InlineData("list.csv", "Source,Tag\na.io/x,v1", "")]
    [InlineData("list.json", "{\"a.io/x:v1\": \"b.io/x\"}", "")]
    [InlineData("list.yaml", "a.io/x:v1: b.io/x", "MirrorValidate")]
    public async Task The_library_for_YAML_is_loaded_when_YAML_is_read_into_the_context_of_the_module(string name, string text, string context)
    {
        await File.WriteAllTextAsync(Shell.FilePath(name), text);
        ProcessOutput output = await ModuleProcess.RunAsync(
            Shell.Directory,
            $$"""
            (Import-MirrorList '{{Shell.FilePath(name)}}').Source
            [Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.FullName -like 'YamlDotNet,*' } | ForEach-Object Name
            """);
        Assert.Equal($"a.io/x {context}".Trim(), string.Join(' ', output.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}

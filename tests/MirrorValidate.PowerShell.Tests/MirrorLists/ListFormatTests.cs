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
        { "pairs.txt", "docker://a.io/x:v1 docker://b.io/x\n\"a.io/y:v2\" 'b.io/y:v3'\n" },
        { "equals.txt", "a.io/x:v1=b.io/x:v1\na.io/y:v2=b.io/y:v3\n" },
        { "columns.csv", "Image,To\na.io/x:v1,b.io/x\na.io/y:v2,b.io/y:v3\n" },
        { "plain.csv", "a.io/x;b.io/x;v1\na.io/y;b.io/y;v2=v3\n" },
        { "list.yaml", "- a.io/x:v1 b.io/x\n- a.io/y:v2=b.io/y:v3\n" },
        { "list.json", "[\"a.io/x:v1 b.io/x\", \"a.io/y:v2=b.io/y:v3\"]" },
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
            ["Auto", "Csv", "Dregsy", "Hauler", "ImageSyncer", "List", "OcMirror", "OpenShift", "RancherImageMirror", "References", "RegSync", "SkopeoSync", "Zarf"],
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
        PSObject result = Shell.Run("Test-MirrorImage", $"{Registries.Source.Host}/library/a {Registries.Destination.Host}/mirror/a v1", "two plus two fields").Output[0];
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

    [Fact]
    public void A_list_of_another_name_is_tested_in_the_format_that_is_named()
    {
        Shell.WriteFile("nightly.conf", "sync:", $"- {{source: '{Right("a").Split(' ')[0]}:v1', target: '{Registries.Destination.Host}/mirror/a:v1', type: image}}");
        Assert.Equal("InvalidLine", Shell.Run("Test-MirrorImage nightly.conf").Output[0].Text("Reason"));
        Assert.Equal("Passed", Shell.Run("Test-MirrorImage nightly.conf -Format RegSync").Text("Status"));
    }

    [Fact]
    public void Files_of_Get_ChildItem_are_list_files()
    {
        string one = Shell.WriteFile("one.txt", Right("a"), "no line at all");
        Shell.WriteFile("two.csv", "Source,Destination,Tag", Right("b").Replace(' ', ','));
        Outcome outcome = Shell.Run("Get-ChildItem *.txt, *.csv | Test-MirrorImage -PreserveOrder");
        Assert.Equal(["Passed", "Error", "Passed"], outcome.Output.Select(result => result.Text("Status")));
        Assert.Equal(["1", "2", "3"], outcome.Output.Select(result => result.Text("Id")));
        Assert.Equal((one, "2"), (outcome.Output[1].Text("Path"), outcome.Output[1].Text("LineNumber")));
        Assert.Equal(["Passed", "Error", "Passed"], Shell.Run("Test-MirrorImage -InputObject (Get-ChildItem one.txt, two.csv) -PreserveOrder").Output.Select(result => result.Text("Status")));
        Assert.Equal(["a", "b"], Shell.Run("Get-ChildItem one.txt, two.csv | Import-MirrorList").Output.Select(entry => entry.Text("Source").Split('/')[^1]));
    }

    [Fact]
    public void A_failed_list_that_is_piped_as_a_file_is_emptied_and_not_deleted()
    {
        Shell.WriteFile("mirror-validate-failed.txt", Right("a"));
        Assert.Equal("Passed", Shell.Run("Get-Item mirror-validate-failed.txt | Test-MirrorImage").Text("Status"));
        Assert.Equal("", File.ReadAllText(Shell.FilePath("mirror-validate-failed.txt")));
    }

    [Fact]
    public void A_platform_stays_with_its_entry_through_results_files_and_lists()
    {
        string line = $"--platform=linux/arm64 {Stale("a")}";
        Shell.WriteFile("list.txt", line);
        Assert.Equal("linux/arm64", Shell.Run("Import-MirrorList list.txt").Text("Platform"));
        Assert.Equal("linux/arm64", Shell.Run("Test-MirrorImage list.txt").Text("Platform"));
        Assert.Equal([line], File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt")));
        Shell.Run("Test-MirrorImage list.txt | Export-MirrorList exported.txt; Test-MirrorImage list.txt | Export-Csv results.csv");
        Assert.Equal([line], File.ReadAllLines(Shell.FilePath("exported.txt")));
        Shell.Run("Import-MirrorList results.csv | Export-MirrorList again.txt; Import-Csv results.csv | Export-MirrorList objects.txt");
        Assert.Equal([line], File.ReadAllLines(Shell.FilePath("again.txt")));
        Assert.Equal([line], File.ReadAllLines(Shell.FilePath("objects.txt")));
        Assert.Equal("linux/arm64", Shell.Run("Import-Csv results.csv | Test-MirrorImage").Text("Platform"));
    }

    [Fact]
    public void Several_tags_in_a_line_are_a_result_each()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -PreserveOrder", $"{Registries.Source.Host}/library/a v1,v2");
        Assert.Equal(["1", "2"], outcome.Output.Select(result => result.Text("Id")));
        Assert.Equal([$"{Registries.Source.Host}/library/a v1", $"{Registries.Source.Host}/library/a v2"], outcome.Output.Select(result => result.Text("Line")));
    }

    [Theory]
    [InlineData("list.txt", "REPOSITORY  TAG   IMAGE ID      CREATED      SIZE", "looks like the output of docker images")]
    [InlineData("list.csv", "Source,Target Registry,Tag\na.io/x,b.io,v1", "the column \"Target Registry\" looks like")]
    public void What_may_not_be_meant_is_a_warning(string name, string text, string warning)
    {
        File.WriteAllText(Shell.FilePath(name), text);
        Assert.Contains(warning, Assert.Single(Shell.Run($"Import-MirrorList {name}").Warnings), StringComparison.Ordinal);
        Assert.Contains(warning, Assert.Single(Shell.Run($"Test-MirrorImage {name} -NoFailedList").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_map_says_where_single_references_went()
    {
        Right("a");
        string source = Registries.Source.Host;
        Shell.WriteFile("list.txt", $"{source}/library/a:v1", $"{source}/elsewhere/b:v1", "a.io/x b.io/x v1");
        Shell.WriteFile(
            "itms.yaml",
            "kind: ImageTagMirrorSet",
            "spec:",
            "  imageTagMirrors:",
            $"  - source: {source}/library",
            $"    mirrors: [{Registries.Destination.Host}/mirror, {Registries.Destination.Host}/backup]");
        Outcome imported = Shell.Run("Import-MirrorList list.txt -RegistryMap it*.yaml");
        Assert.Equal(
            [$"{Registries.Destination.Host}/mirror/a", $"{Registries.Destination.Host}/backup/a", "b.io/x"],
            imported.Output.Select(entry => entry.Text("Destination")));
        Assert.Contains($"itms.yaml says of no mirror for {source}/elsewhere/b", Assert.Single(imported.Errors).Exception.Message, StringComparison.Ordinal);
        Outcome tested = Shell.Run("Import-MirrorList list.txt | Select-Object -First 1 | Test-MirrorImage -RegistryMap itms.yaml -PreserveOrder");
        Assert.Equal([("1", "Passed"), ("2", "Failed")], tested.Output.Select(result => (result.Text("Id"), result.Text("Status"))));
        Assert.Equal([$"{source}/library/a {Registries.Destination.Host}/backup/a v1"], File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt")));
    }

    [Theory]
    [InlineData("missing.yaml", "ObjectNotFound")]
    [InlineData("list.txt", "InvalidData")]
    public void A_registry_map_that_cannot_be_read_ends_the_command(string map, string category)
    {
        Shell.WriteFile("list.txt", "a.io/x:v1");
        foreach (string command in (string[])["Import-MirrorList", "Test-MirrorImage"])
        {
            Outcome outcome = Shell.Run($"{command} list.txt -RegistryMap {map}");
            ErrorRecord error = Assert.IsAssignableFrom<IContainsErrorRecord>(outcome.Terminating).ErrorRecord;
            Assert.StartsWith("RegistryMapUnreadable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(category, error.CategoryInfo.Category.ToString());
            Assert.StartsWith($"-RegistryMap: {map} cannot be read: ", error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_library_for_TOML_is_loaded_into_the_context_of_the_module()
    {
        Shell.WriteFile("list.txt", "quay.io/x:v1");
        Shell.WriteFile("registries.conf", "[[registry]]", "location = 'quay.io'", "[[registry.mirror]]", "location = 'b.io/quay'");
        ProcessOutput output = await ModuleProcess.RunAsync(
            Shell.Directory,
            $$"""
            (Import-MirrorList '{{Shell.FilePath("list.txt")}}' -RegistryMap '{{Shell.FilePath("registries.conf")}}').Destination
            [Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.FullName -like 'Tomlyn,*' } | ForEach-Object Name
            """);
        Assert.Equal("b.io/quay/x MirrorValidate", string.Join(' ', output.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
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

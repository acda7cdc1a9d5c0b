using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>What may be piped or named, and what becomes of what cannot be read.</summary>
public sealed class InputTests : ModuleTest
{
    [Fact]
    public void Each_line_has_its_result_and_its_number()
    {
        string list = Shell.WriteFile(
            "list.txt", "# comment", Right("a"), "", "too many fields in here", "// comment", Stale("b"), "   ", "\t", Unknown("c"), "two plus two fields", Right("d"));
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {list} -PreserveOrder");
        Assert.Equal(
            [("1", "Passed", "2"), ("2", "Error", "4"), ("3", "Failed", "6"), ("4", "Error", "9"), ("5", "Error", "10"), ("6", "Passed", "11")],
            outcome.Output.Select(result => (result.Text("Id"), result.Text("Status"), result.Text("LineNumber"))));
        Assert.All(outcome.Output, result => Assert.Equal(list, result.Text("Path")));
    }

    [Fact]
    public void Byte_order_mark_CRLF_tabs_and_a_missing_last_line_end_are_fine()
    {
        string line = Right();
        string spaced = line.Replace(" ", " \t  ", StringComparison.Ordinal);
        File.WriteAllText(Shell.FilePath("list.txt"), $"\uFEFF{line}\r\n{spaced}\r\n\t{line}  # right\r\n{line}");
        Outcome outcome = Shell.Run("Test-MirrorImage -f list.txt -PreserveOrder");
        Assert.Equal(["Passed", "Passed", "Passed", "Passed"], outcome.Output.Select(result => result.Text("Status")));
        Assert.Equal(["1", "2", "3", "4"], outcome.Output.Select(result => result.Text("LineNumber")));
    }

    [Fact]
    public void Lines_of_Get_Content_name_file_and_line_number()
    {
        string list = Shell.WriteFile("list.txt", "# comment", Right(), "no line at all");
        foreach (object[] input in (object[][])[ListLines.GetContent(list), ListLines.GetContent(list, readCount: 2), [ListLines.GetRawContent(list)]])
        {
            Outcome outcome = Shell.Run("Test-MirrorImage -PreserveOrder", input);
            Assert.Equal(["2", "3"], outcome.Output.Select(result => result.Text("LineNumber")));
            Assert.Equal([list, list], outcome.Output.Select(result => result.Text("Path")));
            Assert.Equal("InvalidLine", outcome.Output[1].Text("Reason"));
            Assert.StartsWith($"{list}, line 3: ", outcome.Output[1].Text("Message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_of_other_origin_are_counted()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -PreserveOrder", "", "# comment", $"{Right()}\n\n", "no line at all");
        Assert.Equal(["3", "5"], outcome.Output.Select(result => result.Text("LineNumber")));
        Assert.StartsWith("line 5: ", outcome.Output[1].Text("Message"), StringComparison.Ordinal);
        Assert.Equal("no line at all", outcome.Output[1].Text("Line"));
    }

    [Fact]
    public void Entries_lines_objects_and_hashtables_may_be_mixed()
    {
        string line = Right();
        string[] parts = line.Split(' ');
        var csv = new PSObject();
        csv.Properties.Add(new PSNoteProperty("source", parts[0]));
        csv.Properties.Add(new PSNoteProperty("Destination", parts[1]));
        csv.Properties.Add(new PSNoteProperty("Tag", parts[2]));
        csv.Properties.Add(new PSNoteProperty("Owner", "somebody"));
        var hashtable = new Hashtable(StringComparer.OrdinalIgnoreCase) { ["Source"] = parts[0], ["Destination"] = parts[1], ["Tag"] = parts[2] };
        var ordered = new OrderedDictionary(StringComparer.OrdinalIgnoreCase) { ["source"] = $"{parts[0]}:{parts[2]}", ["destination"] = parts[1] };
        var entry = Shell.Run($"Import-MirrorList {Shell.WriteFile("one.txt", line)}").Only;
        Outcome outcome = Shell.Run(
            "Test-MirrorImage -PreserveOrder", line, csv, hashtable, ordered, entry, null, "", new object[] { line, csv }, new ArrayList { hashtable });
        Assert.Equal(Enumerable.Repeat("Passed", 8), outcome.Output.Select(result => result.Text("Status")));
        Assert.Equal(Enumerable.Range(1, 8).Select(id => $"{id}"), outcome.Output.Select(result => result.Text("Id")));
        Assert.Equal(Shell.FilePath("one.txt"), outcome.Output[4].Text("Path"));
    }

    [Fact]
    public void Earlier_results_are_tested_again()
    {
        string list = Shell.WriteFile("list.txt", "library/a mirror/a v1", "an unreadable list line", "library/b mirror/b v1");
        Right("a");
        Stale("b");
        IReadOnlyList<PSObject> results = Shell.Run($"Test-MirrorImage -f {list} {Override} -PreserveOrder").Output;
        Right("b");
        Outcome again = Shell.Run("Test-MirrorImage -PreserveOrder", [.. results]);
        Assert.Equal(["Passed", "Error", "Passed"], again.Output.Select(result => result.Text("Status")));
        Assert.Equal("InvalidLine", again.Output[1].Text("Reason"));
        Assert.Equal("an unreadable list line", again.Output[1].Text("Line"));
        Assert.Equal(list, again.Output[1].Text("Path"));
    }

    [Fact]
    public void Results_that_were_serialized_are_tested_again()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -PreserveOrder", Right("a"), "an unreadable list line");
        object[] restored = [.. outcome.Output.Select(result => PSSerializer.Deserialize(PSSerializer.Serialize(result)))];
        Outcome again = Shell.Run("Test-MirrorImage -PreserveOrder", restored);
        Assert.Equal(["Passed", "Error"], again.Output.Select(result => result.Text("Status")));
        Assert.Equal("an unreadable list line", again.Output[1].Text("Line"));
    }

    [Fact]
    public void What_is_no_entry_is_a_result_too()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -PreserveOrder", 42, new Hashtable { ["Image"] = "x" }, new Uri("https://registry.example/"));
        Assert.Equal(["InvalidLine", "InvalidLine", "InvalidLine"], outcome.Output.Select(result => result.Text("Reason")));
        Assert.Equal(3, outcome.Errors.Count);
        Assert.Contains("Int32", outcome.Output[0].Text("Message"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_image_may_be_named()
    {
        string[] parts = Right().Split(' ');
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage -Source {parts[0]} -Destination {parts[1]} -Tag {parts[2]}").Text("Status"));
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage -Source {parts[0]}:{parts[2]} -Destination {parts[1]}").Text("Status"));
        Outcome twoTags = Shell.Run($"Test-MirrorImage -Source {parts[0]}:other -Destination {parts[1]} -Tag {parts[2]}");
        Assert.Equal("InvalidLine", twoTags.Text("Reason"));
    }

    [Fact]
    public void One_image_may_be_named_in_part_and_the_rest_come_by_property()
    {
        string[] parts = Right().Split(' ');
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Source", parts[0]));
        row.Properties.Add(new PSNoteProperty("Tag", parts[2]));
        Assert.Equal("Passed", Shell.Run($"Test-MirrorImage -Destination {parts[1]}", row).Text("Status"));
    }

    [Fact]
    public void Lines_may_be_given_as_an_argument() =>
        Assert.Equal(2, Shell.Run("Test-MirrorImage -InputObject $lines", new Dictionary<string, object?> { ["lines"] = new[] { Right(), "", Right("b") } }).Output.Count);

    [Theory]
    [InlineData("@() | Test-MirrorImage")]
    [InlineData("$null | Test-MirrorImage")]
    [InlineData("Test-MirrorImage -InputObject @()")]
    [InlineData("Test-MirrorImage -f empty.txt")]
    [InlineData("Test-MirrorImage -LiteralPath empty.txt")]
    public void Nothing_in_nothing_out(string script)
    {
        Shell.WriteFile("empty.txt");
        Outcome outcome = Shell.Run(script);
        Assert.Null(outcome.Terminating);
        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Warnings);
    }

    [Theory]
    [InlineData("-Path", "missing.txt", ErrorCategory.ObjectNotFound)]
    [InlineData("-Path", "missing-*.txt", ErrorCategory.ObjectNotFound)]
    [InlineData("-Path", "NoSuchDrive:/list.txt", ErrorCategory.ObjectNotFound)]
    [InlineData("-Path", "Env:PATH", ErrorCategory.InvalidArgument)]
    [InlineData("-Path", ".", ErrorCategory.ReadError)]
    [InlineData("-LiteralPath", "missing.txt", ErrorCategory.ObjectNotFound)]
    [InlineData("-LiteralPath", "*.txt", ErrorCategory.ObjectNotFound)]
    [InlineData("-LiteralPath", "NoSuchDrive:/list.txt", ErrorCategory.ObjectNotFound)]
    public void A_list_that_cannot_be_read_is_an_error_that_names_it_and_the_others_go_on(string parameter, string path, ErrorCategory category)
    {
        Shell.WriteFile("list.txt", Right());
        Outcome outcome = Shell.Run($"Test-MirrorImage {parameter} {path},list.txt");
        Assert.Equal("Passed", outcome.Text("Status"));
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Equal("ImageListUnreadable,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(path.TrimStart('.'), error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wildcards_home_drives_and_literal_names_are_resolved()
    {
        Shell.WriteFile("list-1.txt", Right("a"));
        Shell.WriteFile("list-2.txt", Right("b"));
        Shell.WriteFile("list[1].txt", Right("c"));
        Assert.Equal(2, Shell.Run("Test-MirrorImage list-*.txt").Output.Count);
        Assert.EndsWith("/c", Shell.Run("Test-MirrorImage -LiteralPath 'list[1].txt'").Text("Source"), StringComparison.Ordinal);
        Shell.Run($"""
            $provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
            $drive = [System.Management.Automation.PSDriveInfo]::new('Lists', $provider, '{Shell.Directory}', '', $null)
            $null = $ExecutionContext.SessionState.Drive.New($drive, 'Global')
            $provider.Home = '{Shell.Directory}'
            """);
        Assert.EndsWith("/a", Shell.Run("Test-MirrorImage Lists:/list-1.txt").Text("Source"), StringComparison.Ordinal);
        Assert.EndsWith("/b", Shell.Run("Test-MirrorImage ~/list-2.txt").Text("Source"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_file_gives_errors_and_no_crash()
    {
        byte[] bytes = new byte[256 * 1024];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(Shell.FilePath("list.bin"), bytes);
        Outcome outcome = Shell.Run("Test-MirrorImage -f list.bin -j 20");
        Assert.Null(outcome.Terminating);
        Assert.NotEmpty(outcome.Output);
        Assert.Equal(outcome.Output.Count, outcome.Errors.Count);
        Assert.All(outcome.Output, result => Assert.Equal("InvalidLine", result.Text("Reason")));
    }

    [Fact]
    public void Lists_of_several_formats_of_entries_sum_up()
    {
        BuiltManifest image = SampleImages.DockerList("single");
        image.PutInto(Registries.Source.Store, "apps/single", "v1");
        image.PutInto(Registries.Destination.Store, "apps/single", "v1");
        Outcome outcome = Shell.Run(
            $"Test-MirrorImage -d {Registries.Destination.Host} -j 7", $"{Registries.Source.Host}/apps/single:v1", Right(), Stale(), Missing(), Unknown(), "x y");
        Assert.Equal(2, outcome.Output.Count(result => result.Text("Status") == "Passed"));
        Assert.Equal(2, outcome.Output.Count(result => result.Text("Status") == "Failed"));
        Assert.Equal(2, outcome.Output.Count(result => result.Text("Status") == "Error"));
        Assert.Equal(Enumerable.Range(1, 6), outcome.Output.Select(result => (int)result.Value("Id")!).Order());
    }
}

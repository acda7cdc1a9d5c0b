using System.Collections;
using System.Management.Automation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.MirrorLists;

public sealed class ExportMirrorListTests : ModuleTest
{
    private string OutFile => Shell.FilePath("out.txt");

    [Fact]
    public void What_is_imported_and_exported_says_the_same()
    {
        string list = Shell.WriteFile("list.txt", "# comment", "nginx  mirror/nginx\t1.27 # comment", "registry.example/apps/web:2.1", "", $"a b sha256:{new string('a', 64)}");
        Shell.Run($"Import-MirrorList {list} | Export-MirrorList out.txt");
        Assert.Equal($"nginx mirror/nginx 1.27\nregistry.example/apps/web:2.1\na b sha256:{new string('a', 64)}\n", File.ReadAllText(OutFile));
        Shell.Run("Import-MirrorList out.txt | Export-MirrorList again.txt");
        Assert.Equal(File.ReadAllBytes(OutFile), File.ReadAllBytes(Shell.FilePath("again.txt")));
    }

    [Fact]
    public void Results_become_a_list_that_needs_no_parameters()
    {
        Stale("a");
        Right("b");
        string[] lines = ["library/a mirror/a v1", "library/b mirror/b v1", "an unreadable list line", $"library/c:v1@{Digest()}"];
        Shell.Run($"Test-MirrorImage {Override} -PreserveOrder | Where-Object Status -ne Passed | Export-MirrorList out.txt", lines);
        string from = Registries.Source.Host;
        string to = Registries.Destination.Host;
        Assert.Equal(
            [$"{from}/library/a {to}/mirror/a v1", "an unreadable list line", $"{from}/library/c {to}/library/c v1@{Digest()}"],
            File.ReadAllLines(OutFile));
        Right("a");
        Assert.Equal(["Passed", "Error", "Error"], Shell.Run("Test-MirrorImage out.txt -PreserveOrder").Output.Select(result => result.Text("Status")));
    }

    [Fact]
    public void Restored_results_objects_hashtables_and_lines_are_written()
    {
        PSObject result = Shell.Run("Test-MirrorImage", "two plus two fields").Only;
        var entry = new PSObject();
        entry.Properties.Add(new PSNoteProperty("Source", "nginx"));
        entry.Properties.Add(new PSNoteProperty("Tag", "1.27"));
        Outcome outcome = Shell.Run(
            "Export-MirrorList out.txt",
            PSSerializer.Deserialize(PSSerializer.Serialize(result)),
            entry,
            new Hashtable(StringComparer.OrdinalIgnoreCase) { ["Source"] = "a", ["Destination"] = "b", ["Tag"] = "c" },
            "# a comment is kept",
            "first\r\nsecond\n",
            new object[] { "third", entry },
            null);
        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Output);
        Assert.Equal(
            ["two plus two fields", "nginx:1.27", "a b c", "# a comment is kept", "first", "second", "third", "nginx:1.27"],
            File.ReadAllLines(OutFile));
    }

    [Fact]
    public void What_is_no_entry_is_an_error_and_the_others_are_written()
    {
        Outcome outcome = Shell.Run("Export-MirrorList out.txt", new Hashtable { ["Image"] = "x" }, "a b c");
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Equal("InvalidLine,MirrorValidate.PowerShell.Commands.ExportMirrorListCommand", error.FullyQualifiedErrorId);
        Assert.Equal(["a b c"], File.ReadAllLines(OutFile));
    }

    [Fact]
    public void It_is_UTF8_without_byte_order_mark_and_with_LF()
    {
        Shell.Run("Export-MirrorList out.txt", "# größe", "a b c");
        Assert.Equal("# größe\na b c\n"u8.ToArray(), File.ReadAllBytes(OutFile));
    }

    [Fact]
    public void A_list_may_be_made_from_itself()
    {
        string[] lines = [.. Enumerable.Range(1, 5000).Select(number => $"image{number} mirror/image{number} v1")];
        Shell.WriteFile("out.txt", lines);
        Shell.Run("Import-MirrorList out.txt | Export-MirrorList out.txt");
        Assert.Equal(lines, File.ReadAllLines(OutFile));
        Shell.Run("Import-MirrorList out.txt | Export-MirrorList out.txt -Append");
        Assert.Equal([.. lines, .. lines], File.ReadAllLines(OutFile));
        Assert.Equal(OutFile, Assert.Single(Directory.GetFiles(Shell.Directory)));
    }

    [Fact]
    public void Append_writes_after_what_is_there()
    {
        File.WriteAllText(OutFile, "a b c");
        Shell.Run("Export-MirrorList out.txt -Append", "d e f");
        Shell.Run("Export-MirrorList out.txt -Append -NoClobber", "g h i");
        Shell.Run("Export-MirrorList new.txt -Append", "j k l");
        Assert.Equal("a b c\nd e f\ng h i\n", File.ReadAllText(OutFile));
        Assert.Equal("j k l\n", File.ReadAllText(Shell.FilePath("new.txt")));
    }

    [Fact]
    public void NoClobber_leaves_what_is_there()
    {
        File.WriteAllText(OutFile, "old");
        Outcome outcome = Shell.Run("Export-MirrorList out.txt -NoClobber", "a b c");
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.Equal("ImageListExists,MirrorValidate.PowerShell.Commands.ExportMirrorListCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.Equal("old", File.ReadAllText(OutFile));
        Assert.Empty(Shell.Run("Export-MirrorList new.txt -NoClobber", "a b c").Errors);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-WhatIf -Append")]
    public void WhatIf_writes_nothing(string arguments)
    {
        File.WriteAllText(OutFile, "old");
        Shell.Run($"Export-MirrorList out.txt {arguments}", "a b c");
        Shell.Run($"Export-MirrorList new.txt {arguments}", "a b c");
        Assert.Equal("old", File.ReadAllText(OutFile));
        Assert.Equal(OutFile, Assert.Single(Directory.GetFiles(Shell.Directory)));
    }

    [Theory]
    [InlineData("Export-MirrorList out.txt")]
    [InlineData("Export-MirrorList out.txt -Append")]
    public void A_pipeline_that_is_cut_short_leaves_what_was_there(string export)
    {
        File.WriteAllText(OutFile, "old");
        Outcome outcome = Shell.Run($"ForEach-Object {{ if ($_ -eq 'end') {{ throw 'cut short' }}; $_ }} | {export}", "a b c", "end");
        Assert.Equal("cut short", outcome.Terminating?.Message);
        Assert.Equal("old", File.ReadAllText(OutFile));
        Assert.Equal(OutFile, Assert.Single(Directory.GetFiles(Shell.Directory)));
    }

    [Theory]
    [InlineData("missing-folder/out.txt", ErrorCategory.ObjectNotFound)]
    [InlineData(".", ErrorCategory.WriteError)]
    [InlineData("Env:out", ErrorCategory.InvalidArgument)]
    [InlineData("NoSuchDrive:/out.txt", ErrorCategory.ObjectNotFound)]
    public void A_place_where_nothing_can_be_written_is_an_error_that_names_it(string path, ErrorCategory category)
    {
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(Shell.Run($"Export-MirrorList {path}", "a b c").Terminating).ErrorRecord;
        Assert.Equal("ImageListUnwritable,MirrorValidate.PowerShell.Commands.ExportMirrorListCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
    }

    [Fact]
    public void The_failed_list_of_a_run_may_be_the_place_of_its_results()
    {
        Stale("a");
        Shell.Run($"Test-MirrorImage {Override} | Export-MirrorList mirror-validate-failed.txt", "library/a mirror/a v1");
        string line = Assert.Single(File.ReadAllLines(Shell.FilePath("mirror-validate-failed.txt")));
        Assert.Equal($"{Registries.Source.Host}/library/a {Registries.Destination.Host}/mirror/a v1", line);
    }

    private static string Digest() => SampleImages.DockerList("pinned").Digest;
}

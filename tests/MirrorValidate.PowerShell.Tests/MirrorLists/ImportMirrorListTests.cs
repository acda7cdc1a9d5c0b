using System.Management.Automation;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.MirrorLists;

public sealed class ImportMirrorListTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Lines_become_entries()
    {
        string list = _shell.WriteFile(
            "list.txt", "# comment", "docker.io/library/nginx\tregistry.example/mirror/nginx  1.27", "", "registry.example:5000/apps/web:2.1", "alpine alpine 3.20 // comment");
        IReadOnlyList<PSObject> entries = _shell.Run($"Import-MirrorList {list}").Output;
        Assert.Equal(["docker.io/library/nginx", "registry.example:5000/apps/web", "alpine"], entries.Select(entry => entry.Text("Source")));
        Assert.Equal(["registry.example/mirror/nginx", "", "alpine"], entries.Select(entry => entry.Text("Destination")));
        Assert.Equal(["1.27", "2.1", "3.20"], entries.Select(entry => entry.Text("Tag")));
        Assert.Equal(["2", "4", "5"], entries.Select(entry => entry.Text("LineNumber")));
        Assert.All(entries, entry => Assert.Equal(list, entry.Text("Path")));
        Assert.Equal("alpine alpine 3.20 // comment", entries[2].Text("Line"));
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_an_error_and_the_others_go_on()
    {
        string list = _shell.WriteFile("list.txt", "a b c", "two plus two fields", "Upper CASE x", "d e f");
        Outcome outcome = _shell.Run($"Import-MirrorList {list}");
        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal(2, outcome.Errors.Count);
        Assert.All(outcome.Errors, error => Assert.Equal("InvalidLine,MirrorValidate.PowerShell.Commands.ImportMirrorListCommand", error.FullyQualifiedErrorId));
        Assert.All(outcome.Errors, error => Assert.Equal(ErrorCategory.ParserError, error.CategoryInfo.Category));
        Assert.StartsWith($"{list}, line 2: ", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{list}, line 3: ", outcome.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["two plus two fields", "Upper CASE x"], outcome.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void Paths_come_by_argument_pipeline_and_property()
    {
        _shell.WriteFile("list-1.txt", "a b c");
        _shell.WriteFile("list-2.txt", "d e f");
        string bracketed = _shell.WriteFile("list[3].txt", "g h i");
        Assert.Equal(2, _shell.Run("Import-MirrorList list-*.txt").Output.Count);
        Assert.Equal(2, _shell.Run("Import-MirrorList", "list-1.txt", "list-2.txt").Output.Count);
        Assert.Equal("g", _shell.Run("Import-MirrorList -LiteralPath 'list[3].txt'").Text("Source"));
        var file = new PSObject(new FileInfo(bracketed));
        file.Properties.Add(new PSNoteProperty("PSPath", $"Microsoft.PowerShell.Core\\FileSystem::{bracketed}"));
        Assert.Equal("g", _shell.Run("Import-MirrorList", file).Text("Source"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it()
    {
        _shell.WriteFile("list.txt", "a b c");
        Outcome outcome = _shell.Run("Import-MirrorList missing.txt,list.txt");
        Assert.Equal("a", outcome.Text("Source"));
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Equal("ImageListUnreadable,MirrorValidate.PowerShell.Commands.ImportMirrorListCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Contains("missing.txt", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("missing.txt", error.TargetObject);
    }

    [Fact]
    public void An_empty_file_has_no_entries()
    {
        Outcome outcome = _shell.Run($"Import-MirrorList {_shell.WriteFile("empty.txt")}");
        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void Reading_ends_when_downstream_has_enough()
    {
        string list = _shell.WriteFile("list.txt", [.. Enumerable.Range(1, 1000).Select(number => $"image{number} mirror/image{number} v1")]);
        Assert.Equal("image1", _shell.Run($"Import-MirrorList {list} | Select-Object -First 1").Text("Source"));
        File.Delete(list);
    }
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>Every command line that the help, the README and the pages show can be typed as it stands.</summary>
public sealed partial class ExampleTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(RepositoryFiles.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path)).Order(StringComparer.Ordinal)];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Examples_of_the_help_use_what_exists()
    {
        XDocument help = XDocument.Load(Path.Combine(RepositoryFiles.Module, "en-US", "MirrorValidate.PowerShell.dll-Help.xml"));
        string[] scripts = [.. help.Descendants().Where(element => element.Name.LocalName == "code").Select(code => Typed(code.Value))];
        Assert.All(scripts, script => Assert.NotEqual("", script));
        AssertUsable(scripts);
    }

    [Fact]
    public void Examples_of_the_about_page_use_what_exists()
    {
        string page = RepositoryFiles.Read("module/en-US/about_MirrorValidate.help.txt");
        string script = Typed(page);
        Assert.Contains("Test-MirrorImage", script, StringComparison.Ordinal);
        AssertUsable(script);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_of_a_page_use_what_exists(string page)
    {
        string text = RepositoryFiles.Read(page);
        AssertUsable([
            .. PowerShellBlock().Matches(text).Select(match => match.Groups[1].Value),
            .. CommandSpan().Matches(Fence().Replace(text, "")).Select(match => match.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal)),
        ]);
    }

    [Theory]
    [InlineData("Test-MirrorImage -Paht x", "-Paht")]
    [InlineData("Test-MirrorImag -Path x", "Test-MirrorImag")]
    [InlineData("Get-Content x | Test-MirrorImage -NoSuch | Where-Object Status -eq Passed", "-NoSuch")]
    [InlineData("Test-MirrorImage -Path (", "(")]
    [InlineData("./Invoke-MirrorFleet.ps1 -Path x -HostNames y", "-HostNames")]
    [InlineData("./Invoke-Nothing.ps1", "Invoke-Nothing.ps1")]
    public void What_does_not_exist_is_found(string script, string named) =>
        Assert.Contains(named, new ScriptChecker(_shell).Check(script)[0], StringComparison.Ordinal);

    private void AssertUsable(params string[] scripts)
    {
        var checker = new ScriptChecker(_shell);
        Assert.Empty(scripts.SelectMany(checker.Check));
    }

    // What is typed stands after a prompt; the rest is output.
    private static string Typed(string text) => string.Join('\n', Prompt().Matches(text).Select(match => match.Groups[1].Value));

    [GeneratedRegex(@"^ *(?:PS>|>>) (.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PowerShellBlock();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`((?:Test-MirrorImage|Get-ManifestList|Import-MirrorList|Export-MirrorList|Get-ImageTag|Get-StoreImage|Save-MirrorSource)(?: [^`]*)?)`")]
    private static partial Regex CommandSpan();
}

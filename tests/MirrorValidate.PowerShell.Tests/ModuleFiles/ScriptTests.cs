using System.Text.RegularExpressions;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>
/// Every script of the repository parses, and every command and parameter in it exists, also in branches that no test takes.
/// </summary>
public sealed partial class ScriptTests : IDisposable
{
    private const string TestBed = "tests/Pester/TestBed.psm1";

    private readonly ModuleRunspace _shell = new();

    public static TheoryData<string> Scripts => [.. AllScripts];

    public static TheoryData<string> Runbooks => [.. FilesIn("docs/runbooks")];

    private static IEnumerable<string> AllScripts => new[] { "module", "docs", "tests/Pester" }.SelectMany(FilesIn).Append("build.ps1");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Scripts_of_every_kind_are_looked_at()
    {
        string[] all = [.. AllScripts];
        Assert.Contains("module/MirrorValidate.psm1", all);
        Assert.Contains("docs/runbooks/Repair-Mirror.ps1", all);
        Assert.Contains(TestBed, all);
        Assert.True(all.Count(name => name.EndsWith(".Tests.ps1", StringComparison.Ordinal)) >= 10, "ten files of Pester tests");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_uses_what_exists(string script) =>
        Assert.Empty(new ScriptChecker(_shell, RepositoryFiles.Read(TestBed)).Check(RepositoryFiles.Read(script)));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_plain_ASCII(string script) => Assert.DoesNotMatch(@"[^\x00-\x7F]", RepositoryFiles.Read(script));

    [Theory]
    [InlineData("$x = @{ Path = 'a'; Paht = 'b' }; Test-MirrorImage @x", "-Paht")]
    [InlineData("$x = @{}; $x['Paht'] = 'b'; Test-MirrorImage @x", "-Paht")]
    [InlineData("& { It 'works' { Get-DemoLine -Nmae alpine } }", "-Nmae")]
    [InlineData("Describe x { It y { mirror-validate -k x } }", "-k")]
    public void What_does_not_exist_is_found(string script, string named) =>
        Assert.Contains(named, new ScriptChecker(_shell, RepositoryFiles.Read(TestBed)).Check(script)[0], StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void A_runbook_bears_strict_mode_and_is_called_with_parameters_that_it_has(string runbook)
    {
        string script = RepositoryFiles.Read(runbook);
        Assert.Contains("Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n", script.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 ", script, StringComparison.Ordinal);

        string name = Path.GetFileName(runbook);
        string[] calls =
        [
            .. Calls().Matches(RepositoryFiles.Read("docs/runbooks/README.md") + script)
                .Where(call => call.Groups["name"].Value == name).Select(call => call.Groups["arguments"].Value),
        ];
        Assert.True(calls.Length >= 2, "an example in its help and one in the README");
        Assert.Empty(calls.SelectMany(arguments => Parameters().Matches(arguments)).Select(parameter => parameter.Groups[1].Value)
            .Except(ScriptChecker.ParametersOfScript(script), StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*.ps*1", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/'))
        .Where(path => path.EndsWith(".ps1", StringComparison.Ordinal) || path.EndsWith(".psm1", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    // A call ends with its line, or where the shell's next command begins.
    [GeneratedRegex(@"(?<!Get-Help \./)(?<name>[A-Za-z-]+\.ps1)(?<arguments>(?: (?!&&|\|)[^\s`]+)+)")]
    private static partial Regex Calls();

    [GeneratedRegex(@" -([A-Za-z]+)")]
    private static partial Regex Parameters();
}

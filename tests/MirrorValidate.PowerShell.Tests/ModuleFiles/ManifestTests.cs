using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>The module's own files agree with each other and with the types that they name.</summary>
public sealed partial class ManifestTests : IDisposable
{
    private readonly ModuleRunspace _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void There_is_one_version()
    {
        string version = Regex.Match(RepositoryFiles.Read("module/MirrorValidate.psd1"), @"ModuleVersion\s*=\s*'(.+?)'").Groups[1].Value;
        Assert.Equal(version, Regex.Match(RepositoryFiles.Read("CHANGELOG.md"), @"## \[(\d.*?)\]").Groups[1].Value);
        Assert.Equal(
            Version.Parse(version),
            Version.Parse(_shell.Run("(Get-Command Test-MirrorImage).ImplementingType.Assembly.GetName().Version.ToString(3)").Only.ToString()));
    }

    [Fact]
    public void The_release_notes_are_the_changelogs()
    {
        string notes = _shell.Run("(Test-ModuleManifest -Path $path).ReleaseNotes", new Dictionary<string, object?> { ["path"] = BuildValues.ModuleManifest }).Only.ToString();
        Assert.StartsWith("### ", notes, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{notes.ReplaceLineEndings("\n")}\n", RepositoryFiles.Read("CHANGELOG.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MirrorValidate.Format.ps1xml")]
    [InlineData("MirrorValidate.Types.ps1xml")]
    public void Views_and_types_name_types_that_exist(string file)
    {
        XDocument document = XDocument.Load(Path.Combine(RepositoryFiles.Module, file));
        string[] names =
        [
            .. document.Descendants("TypeName").Select(name => name.Value),
            .. document.Descendants("Type").Select(type => type.Element("Name")!.Value),
        ];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.NotNull(FindType(name.Replace("Deserialized.", "", StringComparison.Ordinal))));
        Assert.All(MethodCall().Matches(document.ToString()), call =>
            Assert.NotNull(FindType(call.Groups[1].Value)?.GetMethod(call.Groups[2].Value)));
    }

    [Fact]
    public void All_columns_but_the_last_fit_80()
    {
        XDocument document = XDocument.Load(Path.Combine(RepositoryFiles.Module, "MirrorValidate.Format.ps1xml"));
        Assert.All(document.Descendants("TableHeaders"), headers =>
        {
            // Only the last column may take what is left: any other would push those after it apart in a wide window.
            int?[] widths = [.. headers.Elements().Select(header => (int?)header.Element("Width"))];
            Assert.All(widths[..^1], width => Assert.NotNull(width));
            Assert.InRange(widths[..^1].Sum() + widths.Length - 2 ?? 0, 1, 79);
        });
    }

    private Type? FindType(string name)
    {
        Type command = Assert.IsType<CmdletInfo>(_shell.Run("Get-Command Test-MirrorImage").Only.BaseObject).ImplementingType;
        return System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(command.Assembly)!.Assemblies
            .Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);
    }

    [GeneratedRegex(@"\[(MirrorValidate\.[\w.]+)\]::(\w+)\(")]
    private static partial Regex MethodCall();
}

using System.Text.RegularExpressions;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>Each guard on the security page has the test that it names.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Tests_that_the_page_names_exist()
    {
        DirectoryInfo root = Root();
        string page = File.ReadAllText(Path.Combine(root.FullName, "docs", "security.md"));
        Dictionary<string, string> files = root.CreateSubdirectory("tests").EnumerateFiles("*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file.Name))
            .ToDictionary(same => same.Key, same => string.Concat(same.Select(file => File.ReadAllText(file.FullName))));

        MatchCollection named = TestName().Matches(page);

        Assert.InRange(named.Count, 20, 1000);
        Assert.All(named, name => Assert.Contains($" {(name.Groups["method"].Success ? name.Groups["method"].Value + "(" : "class " + name.Groups["class"].Value)}", files[name.Groups["class"].Value], StringComparison.Ordinal));
    }

    private static DirectoryInfo Root()
    {
        DirectoryInfo directory = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "MirrorValidate.PowerShell.sln"))) directory = directory.Parent!;
        return directory;
    }

    [GeneratedRegex("`(?<class>[A-Za-z0-9]+Tests)(?:\\.(?<method>\\w+))?`", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();
}

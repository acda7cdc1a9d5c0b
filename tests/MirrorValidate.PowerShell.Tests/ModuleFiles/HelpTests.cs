using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>The help says of each command what the command is.</summary>
public sealed class HelpTests : IDisposable
{
    private static readonly string[] s_commands =
    [
        "Test-MirrorImage", "Get-ManifestList", "Import-MirrorList", "Export-MirrorList", "Get-ImageTag",
        "Get-StoreImage", "Save-MirrorSource", "Export-MirrorReport", "Compare-MirrorReport", "Import-MirrorResult",
        "Export-MirrorResult",
    ];

    private readonly ModuleRunspace _shell = new();

    public static TheoryData<string> Commands => [.. s_commands];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_command_of_the_module_is_looked_at() =>
        Assert.Equal(
            s_commands.Order(StringComparer.Ordinal),
            _shell.Run("(Get-Command -Module MirrorValidate -CommandType Cmdlet).Name").Output.Select(name => name.ToString()).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_page_has_all_parts(string command)
    {
        XElement page = Page(command);
        foreach (string part in new[] { "description", "syntax", "parameters", "inputTypes", "returnValues", "alertSet", "examples", "relatedLinks" })
            Assert.NotEmpty(Child(page, part).Value.Trim());
        Assert.All(Children(Child(page, "inputTypes"), "inputType").Concat(Children(Child(page, "returnValues"), "returnValue")), type =>
        {
            Assert.NotEmpty(Child(Child(type, "type"), "name").Value);
            Assert.NotEmpty(Child(type, "description").Value.Trim());
        });
        Assert.All(Children(Child(page, "relatedLinks"), "navigationLink").Select(link => Child(link, "linkText").Value).Where(link => !link.StartsWith("about_", StringComparison.Ordinal)),
            link => Assert.Contains(link, s_commands));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_parameter_has_help_that_agrees_with_it(string command)
    {
        CmdletInfo info = Cmdlet(command);
        Dictionary<string, XElement> help = Children(Child(Page(command), "parameters"), "parameter").ToDictionary(NameOf);
        Assert.Equal(Own(info).Select(parameter => parameter.Name).Order(StringComparer.Ordinal), help.Keys.Order(StringComparer.Ordinal));
        foreach (ParameterMetadata parameter in Own(info))
        {
            XElement page = help[parameter.Name];
            Assert.NotEmpty(Child(page, "description").Value.Trim());
            Assert.Equal((parameter.Name, parameter.ParameterType.Name), (parameter.Name, Child(Child(page, "type"), "name").Value));
            Assert.Equal((parameter.Name, parameter.Aliases.Count == 0 ? "none" : string.Join(",", parameter.Aliases)), (parameter.Name, (string?)page.Attribute("aliases")));
            Assert.Equal((parameter.Name, parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()), (parameter.Name, (bool?)page.Attribute("globbing")));
            Assert.Equal((parameter.Name, PipelineInput(parameter)), (parameter.Name, (string?)page.Attribute("pipelineInput")));
            Assert.Equal((parameter.Name, DefaultOf(info, parameter)), (parameter.Name, Child(page, "defaultValue").Value));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_syntax_is_that_of_the_parameter_sets(string command)
    {
        IEnumerable<string> expected = Cmdlet(command).ParameterSets.Select(set => Signature(set.Parameters
            .Where(parameter => IsOwn(parameter.Name))
            .Select(parameter => (parameter.Name, parameter.IsMandatory, parameter.Position < 0 ? "named" : $"{parameter.Position}"))));
        IEnumerable<string> actual = Children(Child(Page(command), "syntax"), "syntaxItem").Select(item => Signature(Children(item, "parameter")
            .Select(parameter => (NameOf(parameter), (bool)parameter.Attribute("required")!, (string)parameter.Attribute("position")!))));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_outputs_are_those_that_the_command_declares(string command) =>
        Assert.Equal(
            Cmdlet(command).OutputType.Select(type => type.Name == "System.Void" ? "None" : type.Name).Distinct(),
            Children(Child(Page(command), "returnValues"), "returnValue").Select(type => Child(Child(type, "type"), "name").Value));

    [Fact]
    public void Each_property_of_a_result_is_explained()
    {
        string help = Child(Page("Test-MirrorImage"), "returnValues").Value;
        Assert.All(CoreType("MirrorValidate.Validation.MirrorImageResult").GetProperties(), property => Assert.Contains(property.Name, help, StringComparison.Ordinal));
    }

    [Fact]
    public void The_about_page_is_found_and_has_every_reason()
    {
        string about = string.Join('\n', _shell.Run("Get-Help about_MirrorValidate").Output.Select(part => part.ToString()));
        foreach (string section in new[] { "CONCEPTS", "IMAGE LISTS", "COMPARISON MODES", "STATUSES AND REASONS", "CREDENTIALS", "THE FAILED LIST", "EXIT CODES", "LOG", "COMING FROM IMAGE-TOOLS" })
            Assert.Contains($"\n{section}\n", about.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(Enum.GetNames(CoreType("MirrorValidate.Validation.ValidationReason")).Where(name => name != "None"), name =>
            Assert.Matches($@"\n        {name} +\S", about));
        Assert.All(Enum.GetNames(CoreType("MirrorValidate.Validation.ComparisonMode")), name => Assert.Contains($"    {name}", about, StringComparison.Ordinal));
        Assert.All(Enum.GetNames(CoreType("MirrorValidate.Validation.DifferenceKind")), name =>
        {
            Assert.Matches($@"\b{name}\b", about);
            Assert.Contains($"`{name}`", RepositoryFiles.Read("docs/differences.md"), StringComparison.Ordinal);
        });
        Assert.All(Enum.GetNames(CoreType("MirrorValidate.Validation.ValidationDepth")), name => Assert.Contains($"    {name}", about, StringComparison.Ordinal));
    }

    private static XElement Page(string command)
    {
        XDocument document = XDocument.Load(Path.Combine(RepositoryFiles.Module, "en-US", "MirrorValidate.PowerShell.dll-Help.xml"));
        return document.Root!.Elements().Single(page => Child(Child(page, "details"), "name").Value == command);
    }

    private static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    private static XElement Child(XElement element, string name) => Children(element, name).Single();

    private static string NameOf(XElement parameter) => Child(parameter, "name").Value;

    private static string Signature(IEnumerable<(string Name, bool IsMandatory, string Position)> parameters) =>
        string.Join(' ', parameters.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{one.Name}/{(one.IsMandatory ? "required" : "optional")}/{one.Position}"));

    private static bool IsOwn(string parameter) => !System.Management.Automation.Cmdlet.CommonParameters.Contains(parameter);

    private static IEnumerable<ParameterMetadata> Own(CmdletInfo info) => info.Parameters.Values.Where(parameter => IsOwn(parameter.Name));

    private static string PipelineInput(ParameterMetadata parameter)
    {
        ParameterAttribute[] attributes = [.. parameter.Attributes.OfType<ParameterAttribute>()];
        string[] kinds =
        [
            .. attributes.Any(one => one.ValueFromPipeline) ? ["ByValue"] : Array.Empty<string>(),
            .. attributes.Any(one => one.ValueFromPipelineByPropertyName) ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        return kinds.Length == 0 ? "False" : $"True ({string.Join(", ", kinds)})";
    }

    private static string DefaultOf(CmdletInfo info, ParameterMetadata parameter)
    {
        PropertyInfo? property = info.ImplementingType.GetProperty(parameter.Name);
        return property?.GetValue(Activator.CreateInstance(info.ImplementingType)) switch
        {
            // The tag of an image is completed where its name is read.
            null or "" when parameter.Name == "Tag" => "latest",
            null when parameter.SwitchParameter => "False",
            null or "" or string[] { Length: 0 } => "None",
            string[] texts => string.Join(", ", texts),
            var value => value.ToString()!,
        };
    }

    private CmdletInfo Cmdlet(string command) => Assert.IsType<CmdletInfo>(_shell.Run($"Get-Command {command}").Only.BaseObject);

    private Type CoreType(string name) =>
        AssemblyLoadContext.GetLoadContext(Cmdlet("Test-MirrorImage").ImplementingType.Assembly)!.Assemblies
            .Single(assembly => assembly.GetName().Name == "MirrorValidate.Core").GetType(name, throwOnError: true)!;
}
